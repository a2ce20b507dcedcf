(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  function key(row, column) {
    var cell = row.cells[column];
    return cell ? cell.getAttribute("data-key") || "" : "";
  }
  function sort(table, head) {
    var column = head.cellIndex;
    var down = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("thead th[aria-sort]").forEach(function (other) {
      other.setAttribute("aria-sort", "none");
    });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    Array.prototype.forEach.call(table.tBodies, function (body) {
      var rows = Array.prototype.filter.call(body.rows, function (row) {
        return !row.classList.contains("group");
      });
      rows
        .map(function (row, place) {
          return { row: row, key: key(row, column), place: place };
        })
        .sort(function (one, other) {
          if (one.key === other.key) return one.place - other.place;
          if (!one.key || !other.key) return one.key ? -1 : 1;
          return (one.key < other.key ? -1 : 1) * (down ? -1 : 1);
        })
        .forEach(function (found) {
          body.appendChild(found.row);
        });
    });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("th .b") : null;
    if (button) sort(button.closest("table"), button.closest("th"));
  });
})();
