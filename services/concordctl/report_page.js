// Draws the charts of a report's page from the data that is in it. The library is C3 0.4, on D3 3.
//
// What has no data has nothing drawn for it: a gap in a line, the words "no data" in the place of a bar.
(function () {
  "use strict";

  // In pixels of the drawing; the page makes them as wide as their place.
  var WIDTHS = { objectives: 690, "health-counts": 330 };
  var WIDTH = 510;
  var HEIGHT = 250;
  var COLOURS = ["#1f4e8c", "#c25e00"];
  var HEALTH_COLOURS = { "on track": "#1a7f4b", "at risk": "#b45f06", "off track": "#b3261e", "no data": "#8a8a8a" };

  function isKnown(value) {
    return value !== null && value !== undefined;
  }

  function labelOf(chart) {
    return function (value) {
      if (!isKnown(value)) return "no data";
      return chart.shares ? Math.round(value * 100) + " %" : String(value);
    };
  }

  function valuesOf(chart) {
    return chart.series.reduce(function (all, series) {
      return all.concat(series.values.filter(isKnown));
    }, []);
  }

  // Steps of a quarter that hold all shares; undefined leaves them to the library.
  function ticksOf(chart, lowest, highest) {
    var first = Math.floor(lowest * 4);
    var last = Math.ceil(highest * 4);
    var ticks = [];
    if (!chart.shares || last - first > 10) return undefined;
    for (var tick = first; tick <= last; ++tick) ticks.push(tick / 4);
    return ticks;
  }

  // From zero on, unless something lies below; with room for the labels.
  function yAxis(chart) {
    var values = valuesOf(chart);
    var lowest = Math.min.apply(null, values.concat(0));
    var highest = Math.max.apply(null, values.concat(chart.shares ? 1 : 0));
    return {
      min: lowest,
      max: highest,
      padding: { top: 16, bottom: lowest < 0 ? 16 : chart.kind === "lines" ? 4 : 0 },
      tick: {
        values: ticksOf(chart, lowest, highest),
        format: function (value) {
          if (chart.shares) return Math.round(value * 100) + " %";
          return value === Math.round(value) ? value : "";
        }
      }
    };
  }

  function draw(chart) {
    var place = document.getElementById("chart-" + chart.id);
    if (!place) return;
    var lines = chart.kind === "lines";
    var counts = !chart.shares;
    var width = WIDTHS[chart.id] || WIDTH;
    window.c3.generate({
      bindto: place,
      size: { width: width, height: HEIGHT },
      data: {
        columns: chart.series.map(function (series) { return [series.name].concat(series.values); }),
        type: lines ? "line" : "bar",
        labels: lines ? false : { format: labelOf(chart) },
        color: function (colour, point) {
          if (!counts || point.index === undefined) return colour;
          return HEALTH_COLOURS[chart.categories[point.index]] || colour;
        }
      },
      color: { pattern: COLOURS },
      bar: { width: { ratio: 0.6 } },
      point: { r: 3 },
      legend: { show: !counts },
      axis: {
        x: {
          type: "category",
          categories: chart.categories,
          tick: { culling: lines ? { max: 6 } : false, multiline: false }
        },
        y: yAxis(chart)
      },
      grid: { y: { show: true } },
      interaction: { enabled: false },
      tooltip: { show: false },
      transition: { duration: 0 },
      resize: { auto: false }
    });
    finish(place, width);
  }

  // The library keeps shapes of no height for what has no value, which might be taken for zeros; and a chart of a
  // fixed size, which paper would cut.
  function finish(place, width) {
    var d3 = window.d3;
    d3.select(place).selectAll(".c3-bar, .c3-circle")
      .filter(function (point) { return !point || !isKnown(point.value); })
      .remove();
    d3.select(place).selectAll(".c3-text")
      .filter(function (point) { return point && !isKnown(point.value); })
      .classed("none", true)
      .attr("text-anchor", "start")
      .attr("transform", function () {  // Upright, as a bar would be: there is no room beside its neighbours.
        return "rotate(-90 " + this.getAttribute("x") + " " + this.getAttribute("y") + ") translate(0 4)";
      });
    d3.select(place).select("svg").attr("viewBox", "0 0 " + width + " " + HEIGHT).attr("aria-hidden", "true");
  }

  var data = JSON.parse(document.getElementById("report-data").textContent);
  document.getElementById("charts").hidden = false;
  data.charts.forEach(draw);
  document.documentElement.setAttribute("data-charts", "drawn");
}());
