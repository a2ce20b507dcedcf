(function () {
  "use strict";
  var finder = document.querySelector("[data-finder]");
  if (!finder) return;
  var MOST = 40;
  var input = finder.querySelector("[data-query]");
  var status = finder.querySelector("[data-found]");
  var box = finder.querySelector("[data-relations]");
  var list = box.querySelector("[data-list]");
  var data = JSON.parse(document.querySelector("[data-find]").textContent);
  var items = Array.prototype.slice.call(document.querySelectorAll("[data-parties] li"));
  var keys = items.map(function (item) {
    return (item.getAttribute("data-key") || "").split(" ");
  });
  var names = items.map(function (item) {
    return item.textContent;
  });
  function folded(text) {
    return text
      .toLowerCase()
      .replace(/đ/g, "d")
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[^\p{L}\p{N}]/gu, "");
  }
  function has(place, word) {
    return keys[place].some(function (key) {
      return key.indexOf(word) >= 0;
    });
  }
  function covers(place, words) {
    var whole = words.join("");
    if (has(place, whole)) return true;
    return keys[place].some(function (key) {
      return words.every(function (word) {
        return key.indexOf(word) >= 0;
      });
    });
  }
  function splits(one, other, words) {
    for (var cut = 1; cut < words.length; cut += 1) {
      var first = words.slice(0, cut);
      var rest = words.slice(cut);
      if (covers(one, first) && covers(other, rest)) return true;
      if (covers(other, first) && covers(one, rest)) return true;
    }
    return false;
  }
  function find() {
    var words = input.value.split(/[\s,;–-]+/).map(folded).filter(Boolean);
    var count = 0;
    items.forEach(function (item, place) {
      var shown = !words.length || covers(place, words);
      item.hidden = !shown;
      count += shown ? 1 : 0;
    });
    list.textContent = "";
    var relations = 0;
    if (words.length > 1) {
      data.relations.forEach(function (one) {
        if (relations >= MOST || !splits(one[0], one[1], words)) return;
        var item = document.createElement("li");
        var link = document.createElement("a");
        link.setAttribute("href", one[2]);
        link.textContent = data.and.split("{0}").join(names[one[0]]).split("{1}").join(names[one[1]]);
        item.appendChild(link);
        list.appendChild(item);
        relations += 1;
      });
    }
    box.hidden = !relations;
    status.textContent = words.length
      ? status.getAttribute("data-words").split("{0}").join(String(count + relations))
      : "";
  }
  input.addEventListener("input", find);
  input.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    input.value = "";
    find();
  });
  finder.hidden = false;
  find();
})();
