"""What an installed wheel must answer: run by the session ``wheel``, away from the source."""

import diplorel as dr

if __name__ == "__main__":
    world = dr.load("vietnam").replay(on="2025-03-12")
    top = [row.party for row in world.ranking("VNM") if row.level.id == "comprehensive-strategic"]
    assert top == "CHN RUS IND KOR USA JPN AUS FRA MYS NZL IDN SGP".split(), top
    assert dr.__file__, dr.__file__
    assert "site-packages" in dr.__file__, dr.__file__
