(function () {
  "use strict";
  function all(root, selector) {
    return Array.prototype.slice.call(root.querySelectorAll(selector));
  }
  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }
  function anchor(party) {
    var made = element("a", "", party[0]);
    made.setAttribute("href", party[1]);
    return made;
  }
  function start(root) {
    var data = JSON.parse(root.querySelector("[data-stops]").textContent);
    var stops = data.stops;
    var range = root.querySelector("[data-range]");
    var back = root.querySelector("[data-back]");
    var forth = root.querySelector("[data-forth]");
    var marker = root.querySelector("[data-marker]");
    var groups = all(root, "[data-group]");
    var at = stops.length - 1;

    function before(day) {
      var low = 0;
      var high = stops.length - 1;
      while (low < high) {
        var middle = Math.ceil((low + high) / 2);
        if (stops[middle].day <= day) low = middle;
        else high = middle - 1;
      }
      return low;
    }
    function row(stop, place, signed) {
      var holding = data.holdings[stop.rows[place]];
      var open = stop.places[place] || [place + 1, place + 1, place + 1];
      var level = data.levels[holding[1]];
      var item = element("li", stop.changed.indexOf(place) >= 0 ? "changed" : "");
      var numbers = open[1] === open[2] ? String(open[0]) : open[1] + "–" + open[2];
      var who = element("span", "who");
      var since = element("span", "since", holding[2]);
      item.appendChild(element("span", "place", numbers));
      who.appendChild(anchor(data.parties[holding[0]]));
      if (data.plain.indexOf(level[0]) < 0) {
        who.appendChild(document.createTextNode(" "));
        who.appendChild(element("small", "", level[1]));
      }
      item.appendChild(who);
      if (holding[3] && signed) {
        var sign = element("i", "recorded");
        sign.setAttribute("aria-hidden", "true");
        since.appendChild(sign);
      }
      item.appendChild(since);
      return item;
    }
    function show(place, spoken) {
      at = Math.max(0, Math.min(stops.length - 1, place));
      var stop = stops[at];
      var first = stops[0].day;
      var span = stops[stops.length - 1].day - first;
      var x = span ? ((stop.day - first) / span) * 100 : 100;
      root.querySelector("[data-on]").textContent = stop.on;
      root.querySelector("[data-said]").textContent = stop.said;
      range.setAttribute("aria-valuetext", stop.on);
      marker.setAttribute("x1", x);
      marker.setAttribute("x2", x);
      back.disabled = at === 0;
      forth.disabled = at === stops.length - 1;
      groups.forEach(function (group) {
        var list = group.querySelector("[data-rows]");
        var mine = [];
        stop.rows.forEach(function (number, index) {
          if (data.holdings[number][4] === Number(group.getAttribute("data-group"))) mine.push(index);
        });
        var recorded = mine.filter(function (index) {
          return data.holdings[stop.rows[index]][3];
        }).length;
        var whole = mine.length > 0 && recorded === mine.length;
        list.textContent = "";
        mine.forEach(function (index) {
          list.appendChild(row(stop, index, !whole));
        });
        group.classList.toggle("whole", whole);
        group.querySelector("[data-count]").textContent = (recorded ? "≥ " : "") + mine.length;
      });
      root.querySelector("[data-counted]").textContent = stop.counted;
      root.querySelector("[data-empty]").hidden = stop.rows.length > 0;
      all(root, "[data-block]").forEach(function (block, index) {
        var list = block.querySelector("[data-list]");
        list.textContent = "";
        stop.blocks[index].forEach(function (party, place) {
          if (place) list.appendChild(document.createTextNode(", "));
          list.appendChild(anchor(data.parties[party]));
        });
        block.hidden = !stop.blocks[index].length;
      });
      if (spoken) {
        root.querySelector("[data-live]").textContent =
          stop.on + ". " + stop.said.split("→").join(data.to);
      }
    }
    function go(place) {
      show(place, true);
      range.value = String(stops[at].day);
    }
    range.addEventListener("input", function () {
      show(before(Number(range.value)), true);
    });
    range.addEventListener("change", function () {
      range.value = String(stops[at].day);
    });
    range.addEventListener("keydown", function (event) {
      var moves = {
        ArrowLeft: at - 1,
        ArrowDown: at - 1,
        ArrowRight: at + 1,
        ArrowUp: at + 1,
        PageDown: at - 10,
        PageUp: at + 10,
        Home: 0,
        End: stops.length - 1,
      };
      if (!(event.key in moves) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      go(moves[event.key]);
    });
    back.addEventListener("click", function () {
      go(at - 1);
    });
    forth.addEventListener("click", function () {
      go(at + 1);
    });
    range.hidden = false;
    root.querySelector("[data-buttons]").hidden = false;
    show(at, false);
  }
  all(document, "[data-slider]").forEach(start);
})();
