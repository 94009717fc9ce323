/* What the tests ask a page: each function looks at the page as it is now and returns plain data. */
window.probes = (function () {
  "use strict";

  var MARKS = "path, rect, circle, line, polygon, image, text, use";

  function isSeen(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    var box = element.getBoundingClientRect();
    // Text for screen readers alone is a pixel wide.
    return box.width > 1 && box.height > 1;
  }

  function channels(colour) {
    var parts = (colour.match(/[\d.]+/g) || []).map(Number);
    if (/^color\(srgb/.test(colour)) {
      parts = [parts[0] * 255, parts[1] * 255, parts[2] * 255].concat(parts.slice(3));
    }
    return parts.length < 3 ? [0, 0, 0, 0] : parts.length === 3 ? parts.concat(1) : parts;
  }

  function over(front, back) {
    var alpha = front[3];
    return [0, 1, 2]
      .map(function (i) {
        return front[i] * alpha + back[i] * (1 - alpha);
      })
      .concat(1);
  }

  function luminance(colour) {
    var linear = colour.slice(0, 3).map(function (value) {
      var part = value / 255;
      return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  function ratio(one, other) {
    var values = [luminance(one), luminance(other)].sort(function (a, b) {
      return b - a;
    });
    return (values[0] + 0.05) / (values[1] + 0.05);
  }

  /* The product of the opacities of an element and all around it. */
  function opacity(element) {
    var product = 1;
    for (var e = element; e; e = e.parentElement) product *= Number(getComputedStyle(e).opacity);
    return product;
  }

  /* The colour behind an HTML element: its own background over those of what it lies in. */
  function ground(element) {
    var layers = [];
    for (var e = element; e; e = e.parentElement) {
      var colour = channels(getComputedStyle(e).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce(function (back, layer) {
      return over(layer, back);
    }, [255, 255, 255, 1]);
  }

  /* The colour behind a text in an SVG: what is painted below its middle. */
  function groundInPicture(text, svgBox) {
    var box = text.getBoundingClientRect();
    var x = box.x + box.width / 2;
    var y = box.y + box.height / 2;
    var layers = [];
    var below = document.elementsFromPoint(x, y).filter(function (element) {
      return element.namespaceURI === "http://www.w3.org/2000/svg" && !element.closest("text");
    });
    below.forEach(function (element) {
      if (!element.matches("path, rect, circle, polygon")) return;
      var style = getComputedStyle(element);
      if (style.fill === "none" || style.fill.startsWith("url")) return;
      // A line of the grid has a fill too, black unless told, but no area to fill.
      var extent = element.getBBox();
      if (!extent.width || !extent.height) return;
      var fill = channels(style.fill);
      fill[3] *= Number(style.fillOpacity) * opacity(element);
      if (fill[3] > 0) layers.push(fill);
    });
    return layers.reverse().reduce(function (back, layer) {
      return over(layer, back);
    }, ground(svgBox.parentElement));
  }

  function described(text) {
    return text.replace(/\s+/g, " ").trim().slice(0, 60);
  }

  /* Texts that hardly stand out from what is behind them. */
  function faintText(root) {
    var found = {};
    var walker = document.createTreeWalker(root || document.body, NodeFilter.SHOW_TEXT);
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      var element = node.parentElement;
      if (!node.data.trim() || element.closest("svg, script, style, noscript, template")) continue;
      if (!isSeen(element) || element.closest(":disabled")) continue;
      var style = getComputedStyle(element);
      var size = parseFloat(style.fontSize);
      var large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      var back = ground(element);
      var colour = channels(style.color);
      colour[3] *= opacity(element);
      var value = ratio(over(colour, back), back);
      if (value < (large ? 3 : 4.5)) {
        found[described(node.data) + " (" + value.toFixed(2) + ")"] = true;
      }
    }
    return Object.keys(found);
  }

  function pictures(figure) {
    return Array.prototype.filter.call(
      figure.querySelectorAll(".cb-plot svg"),
      function (svg) {
        return isSeen(svg) && !svg.parentElement.closest("svg");
      }
    );
  }

  function textsIn(figure) {
    return pictures(figure).flatMap(function (svg) {
      return Array.prototype.filter
        .call(svg.querySelectorAll("text"), function (text) {
          return isSeen(text) && text.textContent.trim();
        })
        .map(function (text) {
          return { text: text, svg: svg };
        });
    });
  }

  /* Texts in the pictures of a figure that hardly stand out from what is painted behind them. */
  function faintInPicture(figure) {
    // Plotly takes most marks out of the pointer's way, and so out of elementsFromPoint.
    var rule = document.createElement("style");
    rule.textContent = ".cb-plot svg * { pointer-events: visiblePainted !important; }";
    document.head.append(rule);
    var found = {};
    textsIn(figure).forEach(function (item) {
      item.text.scrollIntoView({ block: "center", behavior: "instant" });
      var style = getComputedStyle(item.text);
      var back = groundInPicture(item.text, item.svg);
      var colour = channels(style.fill);
      colour[3] *= Number(style.fillOpacity) * opacity(item.text);
      var value = ratio(over(colour, back), back);
      if (value < 4.5) {
        found[described(item.text.textContent) + " (" + value.toFixed(2) + ")"] = true;
      }
    });
    rule.remove();
    return Object.keys(found);
  }

  /* Texts that reach beyond the picture they stand in. */
  function clippedInPicture(figure) {
    return textsIn(figure)
      .filter(function (item) {
        var box = item.text.getBoundingClientRect();
        var frame = item.svg.getBoundingClientRect();
        var slack = 1;
        return (
          box.left < frame.left - slack ||
          box.right > frame.right + slack ||
          box.top < frame.top - slack ||
          box.bottom > frame.bottom + slack
        );
      })
      .map(function (item) {
        return described(item.text.textContent);
      });
  }

  /* Pairs of texts of one figure that lie on each other. */
  function collidingInPicture(figure) {
    var items = textsIn(figure).map(function (item) {
      var box = item.text.getBoundingClientRect();
      // A line of text is higher than its letters.
      var trim = Math.min(3, box.height / 5);
      return {
        label: described(item.text.textContent),
        left: box.left,
        right: box.right,
        top: box.top + trim,
        bottom: box.bottom - trim,
      };
    });
    var found = [];
    items.forEach(function (one, i) {
      items.slice(i + 1).forEach(function (other) {
        var width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        var height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (width > 1 && height > 1) found.push(one.label + " | " + other.label);
      });
    });
    return found;
  }

  /* What a live plot draws, without the names that plotly invents anew. */
  function drawing(figure) {
    return Array.prototype.flatMap.call(figure.querySelectorAll(".cb-live .main-svg"), function (svg) {
      return Array.prototype.filter
        .call(svg.querySelectorAll(MARKS), function (mark) {
          return !mark.closest("defs, clipPath, pattern, .draglayer, .hoverlayer");
        })
        .map(function (mark) {
          var style = mark.style;
          return [
            mark.tagName,
            mark.getAttribute("d") || mark.getAttribute("points") || mark.getAttribute("href"),
            mark.getAttribute("transform"),
            ["x", "y", "width", "height"].map(function (name) {
              return mark.getAttribute(name);
            }),
            [style.fill, style.stroke].join().replace(/url\([^)]*\)/g, "url"),
            // Plotly writes a full opacity, or nothing: the same to the eye.
            [style.opacity || "1", style.fillOpacity || "1", style.display],
            mark.tagName === "text" ? mark.textContent : "",
          ].join("~");
        });
    }).join("\n");
  }

  /* How many marks of data a live plot shows: shapes of traces, without axes and grids. */
  function marks(figure) {
    var traces = figure.querySelectorAll(".cb-live .main-svg .trace :is(path, text, image)");
    return Array.prototype.filter.call(traces, isSeen).length;
  }

  /* How high a figure was before it was live. */
  function heightBefore(figure) {
    var plot = figure.querySelector(".cb-plot");
    var live = plot.querySelector(".cb-live");
    var wasLive = plot.classList.contains("cb-is-live");
    plot.classList.remove("cb-is-live");
    live.hidden = true;
    var height = figure.getBoundingClientRect().height;
    live.hidden = false;
    plot.classList.toggle("cb-is-live", wasLive);
    return height;
  }

  /* How many shapes the static picture has that is seen now. */
  function twinShapes(figure) {
    var twins = Array.prototype.filter.call(figure.querySelectorAll(".cb-twin svg"), isSeen);
    return twins.map(function (svg) {
      return svg.querySelectorAll(MARKS).length;
    });
  }

  /* Whether an element lies in a part of the page that scrolls by itself, as wide tables do. */
  function scrolls(element) {
    for (var e = element; e && e !== document.body; e = e.parentElement) {
      if (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX)) return true;
    }
    return false;
  }

  /* Elements of the text that reach beyond the right or left edge of the page. */
  function beyondTheEdge() {
    var width = document.documentElement.clientWidth;
    var found = {};
    document.querySelectorAll(".bd-article-container *, #print-main-content *").forEach(function (e) {
      if (e.closest("svg") && e.tagName !== "svg") return;
      var box = e.getBoundingClientRect();
      // What is read aloud only takes no room, however wide the machine's font is.
      var wide = e.matches(".cb-visually-hidden") && box.width > 2;
      if (box.right <= width + 1 && box.left >= -1 && !wide) return;
      if (isSeen(e) && !scrolls(e.parentElement)) {
        found[e.tagName.toLowerCase() + " " + described(e.textContent)] = true;
      }
    });
    return Object.keys(found);
  }

  /* Parts with something hidden to their right, which paper cannot scroll. */
  function cutOnPaper() {
    return Array.prototype.filter
      .call(document.querySelectorAll(".bd-article-container *"), function (e) {
        if (e.closest("svg") || !isSeen(e)) return false;
        return (
          /auto|scroll|hidden/.test(getComputedStyle(e).overflowX) &&
          (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) &&
          !e.closest(".cb-visually-hidden")
        );
      })
      .map(function (e) {
        return e.tagName.toLowerCase() + "." + e.className + " " + described(e.textContent);
      });
  }

  /* What a printer leaves out: backgrounds, except of what must keep its colour. */
  function leaveOutBackgrounds() {
    document.querySelectorAll("html, body, body *").forEach(function (e) {
      if (e.closest("svg") || getComputedStyle(e).printColorAdjust === "exact") return;
      e.style.setProperty("background", "none", "important");
    });
  }

  /* The parts of figures and cells that are seen, by their classes. */
  function partsOnPaper() {
    var found = {};
    var parts =
      ".cb-wide, .cb-narrow, .cb-live, .cb-controls, .cb-readout, .cb-data, .cb-key, " +
      ".cell:not(.tag_on-paper) > .cell_input, details.hide";
    document.querySelectorAll(parts).forEach(function (e) {
      if (isSeen(e)) found[e.className] = true;
    });
    return Object.keys(found);
  }

  /* Parts that stay at their place on the screen, and would cover the text of every sheet. */
  function hoveringOnPaper() {
    return Array.prototype.filter
      .call(document.querySelectorAll("body *"), function (e) {
        return getComputedStyle(e).position === "fixed" && isSeen(e);
      })
      .map(function (e) {
        return e.tagName.toLowerCase() + "#" + e.id + " " + described(e.textContent);
      });
  }

  /* Marks that mean something by their colour alone, and that a printer may leave out. */
  function fadedOnPaper() {
    return Array.prototype.filter
      .call(document.querySelectorAll(".cb-key, .cb-verdict-name"), function (e) {
        return getComputedStyle(e).printColorAdjust !== "exact";
      })
      .map(function (e) {
        return e.className + " of " + described(e.parentElement.textContent);
      });
  }

  function openDetails() {
    document.querySelectorAll("details").forEach(function (details) {
      details.open = true;
    });
  }

  /* Leaves out what costs axe time and tells it nothing: pictures that are not shown any more, and
     most rows of a table, which are made in one loop. */
  function leaveOutForAxe() {
    document.querySelectorAll(".cb-is-live .cb-twin").forEach(function (twin) {
      twin.remove();
    });
    document.querySelectorAll("tbody").forEach(function (body) {
      Array.prototype.slice.call(body.rows, 5).forEach(function (row) {
        row.remove();
      });
    });
  }

  /* What is left of markup in the text: a role, a directive, a definition that was not read. */
  function leftOverMarkup() {
    var found = [];
    var walker = document.createTreeWalker(
      document.querySelector(".bd-article") || document.body,
      NodeFilter.SHOW_TEXT
    );
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest("code, pre, script, style, svg")) continue;
      // A colon at the very start of an element is a definition that was not read as one.
      var start = node.previousSibling ? "" : node.data.trimStart().slice(0, 2);
      if (start === ": " || /:::|```|\{[a-z][\w:-]*\}`|`\{/.test(node.data)) {
        found.push(described(node.data));
      }
    }
    return found;
  }

  return {
    isSeen: isSeen,
    faintText: faintText,
    faintInPicture: faintInPicture,
    clippedInPicture: clippedInPicture,
    collidingInPicture: collidingInPicture,
    drawing: drawing,
    marks: marks,
    heightBefore: heightBefore,
    twinShapes: twinShapes,
    beyondTheEdge: beyondTheEdge,
    cutOnPaper: cutOnPaper,
    leaveOutBackgrounds: leaveOutBackgrounds,
    partsOnPaper: partsOnPaper,
    hoveringOnPaper: hoveringOnPaper,
    fadedOnPaper: fadedOnPaper,
    openDetails: openDetails,
    leaveOutForAxe: leaveOutForAxe,
    leftOverMarkup: leftOverMarkup,
  };
})();
