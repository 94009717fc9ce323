/* Makes the figures of a page live: loads plotly when the first one comes near, draws it over its
   static twin, binds the native controls, and follows theme and width. Needs figure-style.js.
   Also draws, in the same way, the plots of a reader's own lines: casebookDraw(element, content). */
(function () {
  "use strict";

  var NARROW = 520; // pixels; the style sheet uses the same width
  var PLAIN_HEIGHT = 420; // pixels, of a plot that says nothing about it
  var staticFolder = document.currentScript.src.replace(/[^/]*$/, "");
  var style = window.casebookStyle;
  var plotlyAsked = false;
  var waiting = [];
  var figures = []; // all that is drawn on the page, or will be

  /* Everything one figure needs, read once from its block. */
  function readFigure(element) {
    return {
      element: element,
      plot: element.querySelector(".cb-plot"),
      live: element.querySelector(".cb-live"),
      readout: element.querySelector(".cb-readout"),
      form: element.querySelector(".cb-controls"),
      content: JSON.parse(element.querySelector(".cb-json").textContent),
      width: 0,
    };
  }

  /* The setting of all controls, as the key of a state. */
  function stateKey(figure) {
    return figure.content.controls
      .map(function (name) {
        var inputs = figure.form.querySelectorAll('[data-control="' + name + '"]');
        var input = inputs[0];
        if (input.type === "radio") {
          return Array.prototype.find.call(inputs, function (choice) {
            return choice.checked;
          }).value;
        }
        return input.type === "range" ? steps(input)[0][input.value] : input.value;
      })
      .join("|");
  }

  function steps(input) {
    return JSON.parse(input.dataset.steps);
  }

  /* Sets target["marker"]["color"] for the path "marker.color". */
  function setPath(target, path, value) {
    var parts = path.split(".");
    var last = parts.pop();
    parts.forEach(function (part) {
      target = target[part] = target[part] || {};
    });
    target[last] = value;
  }

  function applyPatch(drawing, patch) {
    Object.keys(patch.traces || {}).forEach(function (index) {
      Object.keys(patch.traces[index]).forEach(function (path) {
        setPath(drawing.data[index], path, patch.traces[index][path]);
      });
    });
    Object.keys(patch.layout || {}).forEach(function (path) {
      setPath(drawing.layout, path, patch.layout[path]);
    });
  }

  /* Replaces every light colour by the value its token has in the current theme. */
  function themed(value, colours) {
    if (typeof value === "string") return colours[value] || value;
    if (Array.isArray(value)) {
      return value.map(function (item) {
        return themed(item, colours);
      });
    }
    if (value && typeof value === "object") {
      var copy = {};
      Object.keys(value).forEach(function (key) {
        copy[key] = themed(value[key], colours);
      });
      return copy;
    }
    return value;
  }

  function currentColours() {
    var computed = getComputedStyle(document.documentElement);
    var colours = {};
    Object.keys(style.tokens).forEach(function (light) {
      colours[light] = computed.getPropertyValue(style.tokens[light]).trim();
    });
    return colours;
  }

  function draw(figure) {
    var width = figure.plot.clientWidth;
    if (!window.Plotly || !width) return;
    var content = figure.content;
    var drawing = JSON.parse(JSON.stringify({ data: content.data, layout: content.layout }));
    var base = content.layout.height / 720;
    if (width < NARROW) {
      applyPatch(drawing, content.narrow);
      base = content.narrow.layout.height / 350;
    }
    // After the phone's patch: what the reader chose comes last.
    if (content.controls.length) applyPatch(drawing, content.states[stateKey(figure)]);
    drawing.layout.template = style.template;
    drawing.layout.width = width;
    drawing.layout.height = Math.round(width * base); // the twin's shape: nothing on the page moves
    drawing = themed(drawing, currentColours());
    figure.width = width;
    window.Plotly.react(figure.live, drawing.data, drawing.layout, {
      displayModeBar: false,
      scrollZoom: false,
      doubleClick: false,
      showTips: false,
    }).then(function () {
      figure.plot.classList.add("cb-is-live");
    });
  }

  function update(figure) {
    if (figure.readout) {
      figure.readout.textContent = figure.content.states[stateKey(figure)].readout;
    }
    draw(figure);
  }

  function bindControls(figure) {
    if (!figure.form) return;
    figure.form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    figure.form.addEventListener("input", function (event) {
      var input = event.target;
      if (input.type === "range") {
        var text = steps(input)[1][input.value];
        input.setAttribute("aria-valuetext", text);
        input.parentElement.querySelector("output").textContent = text;
      }
      update(figure);
    });
    figure.form.addEventListener("click", function (event) {
      var step = event.target.closest(".cb-step");
      if (!step) return;
      var input = step.parentElement.querySelector("input");
      input.value = Number(input.value) + Number(step.dataset.step);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    // A browser that goes back restores the controls, not the figure.
    figure.form.reset();
  }

  function withPlotly(callback) {
    if (window.Plotly) return callback();
    waiting.push(callback);
    if (plotlyAsked) return;
    plotlyAsked = true;
    var script = document.createElement("script");
    script.src = staticFolder + "plotly-basic.min.js";
    script.onerror = function () {
      // Without it the controls would move nothing: leave the static pictures, and no controls.
      document.documentElement.classList.remove("cb-scripts");
    };
    script.onload = function () {
      waiting.forEach(function (call) {
        call();
      });
    };
    document.head.appendChild(script);
  }

  function redrawAll() {
    figures.forEach(function (figure) {
      if (figure.width) draw(figure);
    });
  }

  var resized = new ResizeObserver(function () {
    figures = figures.filter(function (figure) {
      return figure.plot.isConnected;
    });
    figures.forEach(function (figure) {
      if (figure.width && figure.plot.clientWidth !== figure.width) draw(figure);
    });
  });

  function follow(figure) {
    figures.push(figure);
    resized.observe(figure.plot);
  }

  function start() {
    Array.prototype.map.call(document.querySelectorAll(".cb-figure"), readFigure).forEach(follow);
    figures.forEach(bindControls);

    var near = new IntersectionObserver(
      function (entries) {
        entries.forEach(function (entry) {
          if (!entry.isIntersecting) return;
          near.unobserve(entry.target);
          var figure = figures.find(function (candidate) {
            return candidate.element === entry.target;
          });
          withPlotly(function () {
            draw(figure);
          });
        });
      },
      { rootMargin: "700px 0px" }
    );
    figures.forEach(function (figure) {
      near.observe(figure.element);
    });
    new MutationObserver(redrawAll).observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-theme"],
    });
  }

  /* Draws a plot that has neither a static twin nor controls. */
  window.casebookDraw = function (element, content) {
    var height = content.layout.height || PLAIN_HEIGHT;
    element.style.minHeight = height + "px";
    content.layout.height = height * 720 / (element.clientWidth || 720);
    var figure = {
      element: element,
      plot: element,
      live: element,
      content: {
        data: content.data,
        layout: content.layout,
        narrow: { layout: { height: height } },
        controls: [],
      },
      width: 0,
    };
    follow(figure);
    withPlotly(function () {
      draw(figure);
    });
  };

  start();
})();
