(function () {
  "use strict";
  var specs = JSON.parse(document.getElementById("specs").textContent);
  var figures = document.querySelectorAll("figure");
  Array.prototype.forEach.call(figures, function (figure, place) {
    ["wide", "narrow"].forEach(function (size) {
      var box = figure.querySelector("." + size);
      var drawn = box.querySelector("svg");
      var made = specs[place] && specs[place][size];
      if (!drawn || !made) return;
      var host = document.createElement("div");
      host.setAttribute("role", "img");
      host.setAttribute("aria-label", drawn.getAttribute("aria-label"));
      var options = { actions: false, renderer: "svg", ast: false };
      window.vegaEmbed(host, made.spec, options).then(function () {
        var svg = host.querySelector("svg");
        svg.setAttribute("aria-hidden", "true");
        svg.setAttribute("viewBox", "0 0 " + made.width + " " + made.height);
        host.classList.remove("vega-embed");
        box.replaceChildren(host);
      });
    });
  });
})();
