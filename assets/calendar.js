/* Makes an iCalendar file of a syllabus in the reader's browser; nothing leaves it. The rows come
   with the page, from casebook/sphinxext/teaching/calendar.py. */
(function () {
  "use strict";

  var WIDTH = 74; // octets a line, and the space before its continuation
  var coder = new TextEncoder();

  function fold(line) {
    var lines = [];
    var current = "";
    var width = 0;
    Array.from(line).forEach(function (sign) {
      var octets = coder.encode(sign).length;
      if (width + octets > WIDTH) {
        // What escapes a sign stays with it: some calendars read the two badly apart.
        var kept = /[\\^]$/.test(current) ? current.slice(-1) : "";
        lines.push(current.slice(0, current.length - kept.length));
        current = kept;
        width = kept.length;
      }
      current += sign;
      width += octets;
    });
    return lines.concat(current).join("\r\n ");
  }

  function escaped(text) {
    return text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  }

  function moment(date) {
    return date.toISOString().replace(/[-:]|\.\d+/g, "");
  }

  function numbers(text, by) {
    return text ? text.split(by).map(Number) : null;
  }

  function event(row, first, time) {
    var start = numbers(first, "-");
    var at = numbers(time, ":");
    var day = new Date(Date.UTC(start[0], start[1] - 1, start[2] + row.day));
    var lines = ["BEGIN:VEVENT", "SUMMARY:" + escaped(row.summary)];
    var begins;
    if (row.minutes && at) {
      // In the time of this machine, told in UTC.
      begins = new Date(start[0], start[1] - 1, start[2] + row.day, at[0], at[1]);
      lines.push("DTSTART:" + moment(begins));
      lines.push("DTEND:" + moment(new Date(begins.getTime() + row.minutes * 60000)));
    } else {
      lines.push("DTSTART;VALUE=DATE:" + moment(day).slice(0, 8));
    }
    lines.push("DTSTAMP:" + moment(new Date()));
    lines.push("UID:" + row.name + "-" + first.replace(/-/g, "") + "@mali-casebook");
    lines.push("DESCRIPTION:" + escaped(row.description));
    if (!begins) lines.push("TRANSP:TRANSPARENT");
    return lines.concat("END:VEVENT");
  }

  function save(name, text) {
    var link = document.createElement("a");
    link.download = name;
    link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    link.click();
    setTimeout(function () {
      URL.revokeObjectURL(link.href);
    }, 1000);
  }

  function bind(block) {
    var form = block.querySelector("form");
    var said = block.querySelector(".cb-readout");
    var told = JSON.parse(block.querySelector("script").textContent);

    form.addEventListener("submit", function (submitted) {
      var name = form.elements.syllabus.value;
      var file = "mali-casebook-" + name + ".ics";
      var at = form.elements.at.value;
      var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:" + told.maker];
      submitted.preventDefault();
      told.syllabi[name].forEach(function (row) {
        lines = lines.concat(event(row, form.elements.start.value, at));
      });
      save(file, lines.concat("END:VCALENDAR", "").map(fold).join("\r\n"));
      said.textContent =
        file + " is made. " +
        (at
          ? "Its times are those of " + Intl.DateTimeFormat().resolvedOptions().timeZone + "."
          : "Its sessions take the whole day.");
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll(".cb-calendar"), bind);
})();
