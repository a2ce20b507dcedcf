"""The command line: what each command says, and how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import diplorel as dr
from diplorel.cli import main
from diplorel.datasets import load_stream
from diplorel.language.labels import WORDS
from shipped_once import shipped

Run = Callable[..., str]
TWELVE = "CHN RUS IND KOR USA JPN AUS FRA MYS NZL IDN SGP".split()
DAY = ("--on", "2025-03-12")


def cells(output: str) -> list[list[str]]:
    """Return the rows of a table as cells, without its header."""
    lines = [re.split(r"\s{2,}", line.strip()) for line in output.splitlines()]
    start = next(i for i, row in enumerate(lines) if set("".join(row)) == {"-"})
    return [row for row in lines[start + 1 :] if len(row) == len(lines[start])]


# --- rank and partners ---------------------------------------------------------------------------


def test_rank_gives_the_twelve_in_order(run: Run) -> None:
    rows = cells(run("rank", "Việt Nam", *DAY, "--at-least", "comprehensive-strategic"))
    assert [row[1] for row in rows] == TWELVE
    assert [row[0] for row in rows] == [str(place) for place in range(1, 13)]
    assert rows[-1][2:] == [
        "Singapore", "Comprehensive Strategic Partnership", "12 March 2025", "51 years 7 months",
        rows[-1][-1],
    ]  # fmt: skip


def test_rank_speaks_vietnamese(run: Run) -> None:
    output = run("rank", "vn", *DAY, "--lang", "vi", "-w", "vietnam")
    assert output.startswith("Đối tác của Việt Nam, ngày 12 tháng 3 năm 2025\n")
    assert "Hoa Kỳ" in output
    assert "Đối tác Chiến lược Toàn diện" in output
    assert "Quan hệ đặc biệt, ngoài thang bậc: Campuchia, Cuba, Lào." in output
    assert not re.search(r"\b(of|years|Partnership|unknown|Level)\b", output)


def test_rank_tells_what_is_beside_and_beyond_the_ladder(run: Run) -> None:
    world = shipped("vietnam").replay(on=DAY[1])
    output = run("rank", "VNM", *DAY, "-w", "vietnam")
    assert "Beside the ladder, in a special relationship: Cambodia, Cuba, Laos.\n" in output
    ranking = world.ranking("VNM")
    assert "The list is complete from Strategic Partnership up. Below that, there may" in output
    below = (
        f"Below Strategic Partnership, at a lower level or none: {len(ranking.below)} parties.\n"
    )
    assert below in output
    assert "* As last recorded; the dataset is complete to 31 October 2024.\n" in output
    assert "Level unknown (not the same as none): " in run("rank", "VNM", "-w", "vietnam")


def test_rank_as_json_has_every_partner_and_its_block(run: Run) -> None:
    rows = json.loads(run("rank", "VNM", *DAY, "--json"))["rows"]
    assert [row["party"] for row in rows][:12] == TWELVE
    assert {row["block"] for row in rows} == {"ranked", "special", "below"}
    assert all((row["position"] is None) is (row["block"] != "ranked") for row in rows)


def test_rank_as_it_was_published_the_day_before_lacks_singapore(run: Run) -> None:
    asked = ("rank", "VNM", *DAY, "--clock", "published", "-w", "vietnam", "--known")
    before = run(*asked, "2025-03-11", "--at-least", "comprehensive-strategic")
    assert "as published by 11 March 2025\n" in before
    assert [row[1] for row in cells(before)] == TWELVE[:-1]
    assert "as recorded by 1 January 2030" in run(
        "rank", "VNM", *DAY, "-w", "vietnam", "--known", "2030-01-01"
    )


def test_rank_without_a_ladder_goes_by_ties_and_tells_so(run: Run) -> None:
    output = run("rank", "FRA", *DAY, "-w", "vietnam")
    note, _, table = output.partition("\n\n")
    assert note.startswith("France has no ladder of partnership levels in these data")
    assert table.startswith("Partners of France by the age of ties, 12 March 2025\n")
    assert cells(output) == [["1", "VNM", "Vietnam", "12 April 1973"]]
    assert run("rank", "FRA", *DAY, "-w", "vietnam", "--by", "ties") == output
    told = json.loads(run("rank", "FRA", *DAY, "-w", "vietnam", "--json"))
    assert (told["has_ladder"], told["note"]) == (False, note.replace("\n", " "))
    assert "no ladder" not in run("rank", "VNM", *DAY, "--by", "ties")
    assert json.loads(run("rank", "VNM", *DAY, "--json"))["has_ladder"] is True
    assert run("rank", "FRA", *DAY, "-w", "vietnam", "--lang", "vi").startswith(
        "Dữ liệu không có thang bậc quan hệ đối tác của Pháp"
    )


def test_show_points_to_the_other_holder_of_a_name(run: Run) -> None:
    asked = ("show", "USA", "China", "--on", "1960-01-01")
    output = " ".join(run(*asked).split())
    assert "interrupted since 19 December 1949" in output
    assert (
        "Another party held the name “China” as well: Taiwan. United States had diplomatic "
        "relations with Taiwan (start: 19 December 1949). See: diplorel show USA TWN"
    ) in output
    (hint,) = json.loads(run(*asked, "--json"))["hints"]
    assert (hint["kind"], hint["other"], hint["side"], hint["since"]) == (
        "other-holder", "TWN", "USA", "1949-12-19",
    )  # fmt: skip
    assert hint["source"].startswith("https://")
    assert "Tên gọi “Trung Quốc”" in " ".join(run(*asked, "--lang", "vi").split())
    assert json.loads(run("show", "USA", "China", "--on", "1990", "--json"))["hints"] == []


def test_show_says_that_there_were_ties_before_a_recorded_end(run: Run) -> None:
    asked = ("show", "USA", "SCG", "--on", "1998")
    output = " ".join(run(*asked).split())
    assert "Diplomatic relations: unknown" in output
    assert "Later, 23 March 1999:" in output
    assert "their beginning is not recorded" in output
    (hint,) = json.loads(run(*asked, "--json"))["hints"]
    assert (hint["kind"], hint["event"]) == ("later-end", "ties-severed/SCG-USA/1999-03-23")
    assert "Về sau, ngày 23 tháng 3 năm 1999" in " ".join(run(*asked, "--lang", "vi").split())
    assert json.loads(run("show", "USA", "SCG", "--json"))["hints"] == []


def test_verify_says_who_contests_and_what_only_the_source_itself_supports(run: Run) -> None:
    output = " ".join(run("verify", "vietnam", "--only", "contested").split())
    assert "contested: Trade between Vietnam and Singapore was about 9.15 billion" in output
    assert "Only the claim's own source reports 1 of the 2 events behind this." in output
    told = json.loads(run("verify", "vietnam", "--only", "contested", "--json"))["findings"]
    assert {one["claim"]: one["caveats"] for one in told} == {
        "lao-dong-china-in-may": [],
        "sai-gon-giai-phong-us-30-years": [],
        "vnexpress-trade-2022": [
            "Only the claim's own source reports 1 of the 2 events behind this."
        ],
        "vnexpress-trade-growth": [
            "Only the claim's own source reports 2 of the 4 events behind this."
        ],
    }


def test_rank_by_visits_counts_them(run: Run) -> None:
    order = shipped("vietnam").replay(on=DAY[1]).metric_ranking("VNM", by="visits")
    asked = ("rank", "VNM", *DAY, "-w", "vietnam", "--by", "visits")
    assert [(row[1], int(row[3])) for row in cells(run(*asked))] == [
        (row.party, row.value) for row in order
    ]
    assert "theo số chuyến thăm được ghi nhận" in run(*asked, "--lang", "vi")
    rows = json.loads(run(*asked, "--json"))["rows"]
    assert [row["visits"] for row in rows if row["block"] == "ranked"] == [
        row.value for row in order
    ]
    nobody = run("rank", "VNM", "--by", "visits", "--on", "1945-09-03", "-w", "vietnam")
    assert "No partner is recorded there." in nobody


@pytest.mark.parametrize("policy", ["kind", "latest", "vietnam"])
def test_rank_follows_the_policy_asked_for(run: Run, policy: str) -> None:
    rows = json.loads(run("rank", "VNM", *DAY, "--policy", policy, "-w", "vietnam", "--json"))[
        "rows"
    ]
    assert [row["party"] for row in rows][:12] == TWELVE


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Indonesia ranks ahead of Singapore: it was reached first.\n"),
        ("vi", "Indonesia đứng trước Singapore: đạt khuôn khổ đó sớm hơn.\n"),
    ],
)
def test_rank_explains_what_separates_two(run: Run, lang: str, said: str) -> None:
    output = run("rank", "VNM", *DAY, "--explain", "SGP", "IDN", "--lang", lang)
    assert output.startswith(said)
    assert "2025" in output.split(said)[1]


def test_rank_explains_partners_that_share_a_place_or_whose_dates_are_open(
    run: Run, tmp_path: Path
) -> None:
    def rise(partner: str, on: str) -> dr.events.LevelUpgraded:
        return dr.events.LevelUpgraded(
            on=on, parties=("VNM", partner), ladder="VNM", level="strategic", sources=["s"]
        )

    log = dr.EventLog(
        [
            *(rise(partner, "2013-09-11") for partner in ("SGP", "IDN", "PHL")),
            rise("THA", "2013"),
            dr.events.TiesEstablished(on="1976", parties=("PHL", "VNM"), sources=["s"]),
        ],
        stream="mine",
        ladders=shipped("vietnam").reference.ladders,
        sources=[dr.Source(id="s", title="T", publisher="P", kind="press")],
    )
    folder = str(dr.write(log, tmp_path / "mine"))
    output = run("rank", "VNM", "-w", folder, "--explain", "SGP", "IDN")
    assert output.startswith("Singapore and Indonesia share a place")
    output = run("rank", "VNM", "-w", folder, "--explain", "THA", "IDN")
    assert "it was reached first, as far as the dates show.\n" in output
    assert cells(run("rank", "VNM", "-w", folder))[-1][:2] == ["4 (1-4)", "THA"]
    output = run("rank", "VNM", "-w", folder, "--explain", "SGP", "PHL")
    assert output.startswith("Philippines ranks ahead of Singapore: the ties are older")
    assert "\n\nPhilippines: 1976. " in output
    assert "\n\nSingapore: " not in output


def test_a_partner_whose_ties_are_not_known_is_said_to_be_so(run: Run, tmp_path: Path) -> None:
    rise = dr.events.LevelUpgraded(
        on="2013", parties=("VNM", "THA"), ladder="VNM", level="strategic", sources=["s"]
    )
    log = dr.EventLog([rise], ladders=shipped("vietnam").reference.ladders)
    folder = str(dr.write(log, tmp_path / "mine"))
    assert cells(run("rank", "VNM", "-w", folder))[0][5] == "unknown"
    assert "No partner is recorded there.\n" in run(
        "rank", "VNM", "-w", folder, "--on", "2012-12-31"
    )


def test_partners_lists_them_at_a_level_and_within_a_group(run: Run) -> None:
    asked = ("partners", "VNM", *DAY, "-w", "vietnam")
    output = run(*asked, "--at-least", "comprehensive-strategic")
    assert output.startswith(
        "Partners of Vietnam, 12 March 2025, Comprehensive Strategic Partnership or higher: 12\n"
    )
    assert sorted(row[0] for row in cells(output)) == sorted(TWELVE)
    assert output.endswith("The list is complete: the streams cover it.\n")
    output = run(*asked, "--exactly", "comprehensive-strategic", "--within", "ASEAN")
    assert [row[0] for row in cells(output)] == ["IDN", "MYS", "SGP"]
    assert "Comprehensive Strategic Partnership, within ASEAN: 3\n" in output
    assert "This list may be incomplete" in run("partners", "VNM", "--on", "1980-01-01")


def test_partners_as_json_are_those_of_the_library(run: Run) -> None:
    asked = ("partners", "VNM", *DAY, "--kind", "state", "--json", "-w", "vietnam")
    found = shipped("vietnam").replay(on=DAY[1]).partners("VNM", kind="state")
    answer = json.loads(run(*asked))
    assert answer["parties"] == [row["party"] for row in answer["rows"]] == [*found.parties]
    assert answer["possible"] == [*found.possible]
    assert answer["complete"] is found.complete


# --- show, diff and events -----------------------------------------------------------------------


def test_show_tells_the_state_and_every_event_with_a_source(run: Run) -> None:
    output = run("show", "VNM", "SGP", "-w", "vietnam")
    events = shipped("vietnam").timeline("VNM", "SGP")
    assert output.startswith("Vietnam and Singapore, all that is recorded\n")
    assert "\nDiplomatic relations: since 1 August 1973\n" in output
    assert f"\nEvents, oldest first: {len(events)}\n" in output
    assert output.count("\n    Reported by ") == len(events)
    assert "\n1 August 1973. Vietnam and Singapore established diplomatic relations.\n" in output


def test_show_speaks_vietnamese(run: Run) -> None:
    output = run("show", "Singapore", "vn", "--lang", "vi", "--on", "2013-12-31", "-w", "vietnam")
    assert output.startswith("Singapore và Việt Nam, ngày 31 tháng 12 năm 2013\n")
    assert "\nQuan hệ ngoại giao: từ ngày 1 tháng 8 năm 1973\n" in output
    assert "Singapore và Việt Nam nâng cấp quan hệ lên Đối tác Chiến lược." in output


def test_show_as_json_is_the_explanation(run: Run) -> None:
    relation = shipped("vietnam").relation("VNM", "SGP", on="2013-12-31")
    found = json.loads(run("show", "VNM", "SGP", "--on", "2013-12-31", "--json", "-w", "vietnam"))
    records = relation.explain().to_records()
    for key in ("id", "type", "on", "decided", "alternatives"):
        assert [row[key] for row in found["events"]] == [row[key] for row in records]
    assert found["ties"] == {"status": "established", "since": "1973-08-01"}
    assert [(row["ladder"], row["level"]) for row in found["levels"]] == [("VNM", "strategic")]


def test_without_targets_the_datasets_about_the_parties_are_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = load_stream

    def spy(name: str) -> Any:
        asked.append(name)
        return real(name)

    monkeypatch.setattr("diplorel.cli.targets.load_stream", spy)
    every = [one.name for one in dr.available()]
    for args, names in (
        (["partners", "Việt Nam"], ["vietnam"]),
        (["show", "VNM", "sg"], ["singapore", "vietnam"]),
        (["show", "USA", "FRA"], ["united_states"]),
        (["diff", "2020-01-01", "2020-01-02"], every),
    ):
        asked.clear()
        run(*args)
        assert asked == names


def test_two_streams_are_told_together(run: Run) -> None:
    output = run("show", "VNM", "SGP", *DAY)
    assert "\nLevel, ladder of Vietnam: Comprehensive" in output
    assert "\nLevel, ladder of Singapore: Comprehensive" in output


def test_diff_lists_each_event_once(run: Run) -> None:
    days = ("2025-03-11", "2025-03-12")
    output = run("diff", *days, "-w", "vietnam", "--party", "SGP")
    changes = shipped("vietnam").diff(*days)
    events = {event.id for change in changes for event in change.events if "SGP" in event.parties}
    assert len(cells(output)) == len(events)
    assert output.startswith("Events that changed something after 11 March 2025, up to 12 March")
    found = json.loads(run("diff", *days, "--json", "-w", "vietnam"))
    assert found["changes"] == changes.to_records()
    assert {row["id"] for row in found["events"]} == {
        event.id for change in changes for event in change.events
    }


def test_diff_tells_apart_what_was_only_told_otherwise(run: Run) -> None:
    output = run("diff", "2024-01-01", "2024-01-01", "--known-since", "2000-01-01", "-w", "vietnam")
    assert "up to 1 January 2024: 0\n" in output
    told = re.search(r"accounts have changed since 1 January 2000: (\d+)\n", output)
    assert told
    assert int(told[1]) == len(cells(output)) > 100
    quiet = run("diff", "1900-01-01", "1900-01-02", "--party", "ASEAN", "--lang", "vi")
    assert quiet == (
        "Sự kiện làm thay đổi tình hình sau ngày 1 tháng 1 năm 1900, đến hết ngày 2 tháng 1 năm "
        "1900: 0\n"
    )


def test_events_are_filtered(run: Run) -> None:
    asked = ("events", "vietnam", "--since", "2025-03-01", "--until", "2025-03-31")
    rows = json.loads(run(*asked, "--dyad", "sg", "vn", "-t", "level-upgraded", "--json"))
    assert [row["id"] for row in rows] == ["level-upgraded/SGP-VNM/2025-03-12/VNM"]
    assert rows[0]["level"] == "comprehensive-strategic"
    table = cells(run(*asked, "--party", "Indonesia", "--type", "level-upgraded"))
    assert table == [
        [
            "level-upgraded/IDN-VNM/2025-03-10/VNM",
            (
                "Indonesia and Vietnam elevated their relations to the level of Comprehensive "
                "Strategic Partnership."
            ),
        ]
    ]
    none = run("events", "vietnam", "--until", "1800-01-01", "-t", "ties-severed", "--json")
    assert none == "[]\n"


def test_datasets_are_those_that_can_be_loaded(run: Run) -> None:
    names = [one.name for one in dr.available()]
    assert [line.split()[0] for line in run("datasets").splitlines()[2:]] == names
    rows = json.loads(run("datasets", "--json"))
    assert [row["name"] for row in rows] == names
    assert all(row["citation"] for row in rows)
    assert run("datasets", "--lang", "vi").startswith("Tên ")


# --- check and verify ----------------------------------------------------------------------------


def test_check_of_a_sound_stream_says_so(run: Run, copy: Path) -> None:
    assert run("check", "vietnam") == f"{len(dr.load('vietnam'))} records, no problems.\n"
    found = json.loads(run("check", str(copy), "--json"))
    assert found == {"records": len(shipped("vietnam")), "problems": []}


def test_check_tells_file_and_line(run: Run, copy: Path) -> None:
    events = copy / "events.jsonl"
    count = len(events.read_text("utf-8").splitlines())
    with events.open("a", encoding="utf-8") as file:
        file.write(
            '{"recorded":"2100-01-01T00:00:00Z","type":"ties-severed","on":"1950","parties":'
            '["VNM","ZZZ"],"sources":[{"source":"nobody"}]}\n'
        )
    output = run("check", str(copy), code=1)
    at = f"{events}:{count + 1}: "
    assert f"{at}DR201 ties-severed/VNM-ZZZ/1950: parties: 'ZZZ' is not a known party id." in output
    assert f"{at}DR210 " in output
    assert output.endswith(" problems.\n")
    found = json.loads(run("check", str(copy), "--json", code=1))["problems"]
    assert {row["line"] for row in found} >= {count + 1}
    assert found[0].keys() >= {"code", "message", "hint", "path", "line", "event", "stream"}


def test_check_names_the_tracks_where_coverage_names_none(run: Run, copy: Path) -> None:
    about = copy / "stream.toml"
    about.write_text(
        about.read_text("utf-8").replace('track = "level"', 'track = "warmth"'), "utf-8"
    )
    output = run("check", str(copy), code=1)
    assert "DR207 coverage: there is no track 'warmth'. The tracks are ties, level, " in output


def test_check_tells_what_cannot_be_read_of_all_targets(run: Run, copy: Path) -> None:
    (copy / "sources.toml").write_bytes(b"[[source]\n")
    (copy / "events.jsonl").write_bytes(b"{}\n\xff\n")
    output = run("check", str(copy), str(copy.parent), code=1)
    assert f"{copy / 'sources.toml'}:1: DR112 " in output
    assert f"{copy / 'events.jsonl'}:2: DR111 " in output
    assert f"{copy.parent / 'stream.toml'}: DR110 the file is missing" in output
    assert re.search(r"\n\d+ problems\.\n$", output)


def test_check_proves_that_a_stream_only_grew(run: Run, copy: Path) -> None:
    events = copy / "events.jsonl"
    lines = events.read_bytes().splitlines(keepends=True)
    events.write_bytes(b"".join([lines[1], lines[0], *lines[2:]]))
    output = run("check", str(copy), code=1)
    assert f"{events}:1: DR602 the file differs from release 0.1.0 in lines 1 to" in output
    pins = load_stream("vietnam").releases
    assert run("check", "vietnam", "--since-release", pins[0].version).endswith("no problems.\n")
    assert "DR602" in run("check", str(copy), "--since-release", "vietnam", code=1)


def test_check_knows_no_release_that_is_not_pinned(run: Run) -> None:
    error = run("check", "vietnam", "--since-release", "99.0", code=2)
    assert "vietnam pins no release '99.0', only 0.1.0" in error


def test_a_problem_of_the_stream_itself_is_told_with_its_folder(run: Run, copy: Path) -> None:
    with (copy / "sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[source]]\nid = "lone"\ntitle = "T"\npublisher = "P"\nkind = "press"\n')
    output = run("check", str(copy), code=1)
    assert output.startswith(f"{copy}: DR211 nothing cites the source 'lone'.")
    together = run("check", str(copy), "singapore", code=1)
    assert "DR211 nothing cites the source 'lone'." in together


def test_verify_gives_every_verdict(run: Run) -> None:
    output = run("verify", "vietnam", "--evidence")
    rows = json.loads(run("verify", "vietnam", "--json"))["findings"]
    assert f"\nClaims: {len(rows)}; " in output
    assert output.endswith("Not as expected: none.\n")
    for verdict in ("supported", "refuted", "undecidable"):
        count = sum(row["verdict"] == verdict for row in rows)
        assert len(re.findall(rf"^{verdict}: ", output, flags=re.MULTILINE)) == count > 0
    assert "    The source is mistaken: " in output
    assert "    - level-upgraded/" in output
    assert "    Missing: " in output


def test_verify_speaks_vietnamese_of_one_verdict(run: Run) -> None:
    output = run("verify", "vietnam", "--lang", "vi", "--only", "supported")
    assert (
        "có cơ sở theo dữ liệu: Việt Nam có quan hệ Đối tác Chiến lược Toàn diện với 12 nước."
        in output
    )
    assert "bị bác bỏ: " not in output


def test_verify_of_a_claim_that_comes_out_otherwise_is_the_exit_code(run: Run, copy: Path) -> None:
    claims = copy / "claims.toml"
    claims.write_text(claims.read_text("utf-8").replace("count = 12", "count = 13"), "utf-8")
    output = run("verify", str(copy), code=1)
    assert "    This is not what the claim expects.\n" in output


def test_a_store_is_asked_like_a_dataset(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "relations.db"
    with dr.open(path) as store:
        store.append(shipped("vietnam"))
        store.append(shipped("singapore"))
    count = len(shipped("vietnam")) + len(shipped("singapore"))
    assert run("check", str(path)) == f"{count} records, no problems.\n"
    for target in (str(path), f"sqlite:///{path}"):
        rows = cells(run("rank", "VNM", *DAY, "-w", target))
        assert [row[1] for row in rows][:12] == TWELVE
    asked = ("export", str(path), "-f", "jsonl")
    assert run(*asked, code=2) == (
        "diplorel: there are several streams, singapore, vietnam: name one with --stream\n"
    )
    events = Path(dr.__file__).parent / "datasets" / "vietnam" / "events.jsonl"
    assert run(*asked, "--stream", "vietnam").encode() == events.read_bytes()
    assert "'diplorel store verify' proves" in run(
        "check", str(path), "--since-release", "0.1.0", code=2
    )
    assert "pins no release" in run("check", "vietnam", "--since-release", str(path), code=2)


def test_a_dataset_goes_before_a_folder_or_a_file_of_its_name(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("vietnam").write_text("no store", "utf-8")
    Path("singapore").mkdir()
    assert main(["check", "vietnam", "singapore"]) == 0
    out, complaints = capsys.readouterr()
    assert out.endswith(" no problems.\n")
    said = "diplorel: singapore is the dataset; the folder of that name is ./singapore\n"
    assert complaints == said
    assert run("check", "./vietnam", code=2).count("\n") == 1
    assert "singapore/stream.toml: DR110" in run("check", "./singapore", code=1)


def test_a_problem_of_a_store_is_told_with_its_event(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "relations.db"
    lone = dr.events.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["nobody"])
    with dr.open(path) as store:
        store.append([lone], stream="mine", validate="report")
    output = run("check", str(path), code=1)
    assert output.startswith(f"{lone.id}: DR210 ")


@pytest.mark.parametrize(
    "address", ["memory", "nothing:x", "postgresql://u:secret@127.0.0.1:1/d", "sqlite:///no.db"]
)
def test_an_address_without_a_store_is_told_without_a_password(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.chdir(tmp_path)
    error = run("check", address, code=2)
    assert error.count("\n") == 1
    assert "secret" not in error
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_store_is_left_alone(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "rows.csv"
    other.write_text("a,b\n", "utf-8")
    assert run("check", str(other), code=2).count("\n") == 1
    assert other.read_text("utf-8") == "a,b\n"


# --- new -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("party", [(), ("--party", "Singapore"), ("--party", "VN", "--name", "x")])
def test_a_new_stream_is_sound_and_its_claim_as_expected(
    run: Run, tmp_path: Path, lang: str, party: tuple[str, ...]
) -> None:
    folder = tmp_path / "Đất nước tôi"
    output = run("new", str(folder), *party, "--lang", lang)
    assert output.endswith(f"then diplorel check {folder}\n")
    assert run("check", str(folder)) == "0 records, no problems.\n"
    assert "Not as expected: none." in run("verify", str(folder))
    assert sorted(file.name for file in folder.iterdir()) == [
        ".schema", "NOTES.md", "claims.toml", "events.jsonl", "sources.toml", "stream.toml",
    ]  # fmt: skip
    for file in folder.glob("*.toml"):
        first = file.read_text("utf-8").splitlines()[0]
        schema = re.fullmatch(r"#:schema \./(\S+)", first)
        assert schema
        assert (folder / schema[1]).is_file()
    log = dr.read(folder)
    assert [one.party for one in log.reference.ladders] == (
        [dr.party(party[1]).id] if party else []
    )
    assert log.reference.infos[0].name == (party[3] if len(party) > 2 else "đất-nước-tôi")
    assert "$" not in "".join(file.read_text("utf-8") for file in folder.glob("*.[mt]*"))


def test_a_new_stream_never_goes_over_an_old_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run("new", str(tmp_path / "empty"))
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    for place in ("empty", "empty/stream.toml"):
        assert "is there already" in run("new", str(tmp_path / place), code=2)
    assert "unknown party 'Narnia'" in run("new", str(tmp_path / "n"), "--party", "Narnia", code=2)
    assert before == {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}


def test_both_languages_fill_in_the_same_parts() -> None:
    for key, (english, vietnamese) in WORDS.items():
        parts: list[Any] = [set(re.findall(r"{(\w+)}", text)) for text in (english, vietnamese)]
        assert parts[0] == parts[1], key


@pytest.mark.slow
def test_disagreements_names_fields_and_streams(run: Run) -> None:
    shown = run("disagreements", "vietnam", "united_states", "--across")
    assert "1995-07-12  ties-established, United States and Vietnam: on\n" in shown
    rows = json.loads(run("disagreements", "vietnam", "united_states", "--across", "--json"))
    log = shipped("vietnam", "united_states")
    assert rows == log.disagreements().across().to_records()
    assert len(json.loads(run("disagreements", "vietnam", "united_states", "--json"))) > len(rows)
    first = run("disagreements", "vietnam", "united_states", "--policy", "united_states")
    assert first != run("disagreements", "vietnam", "united_states")
    assert "no disagreements" in run("disagreements", "singapore", "--across")
