/* Small helps for the keyboard, forms and tables. Every page works without this file. */
(function () {
  "use strict";

  var KEYS_OFF = "casustafel.sneltoetsen-uit";

  // --- single keys, which can be switched off (WCAG 2.1.4) ---------------------------------------
  function keysOff() {
    try {
      return localStorage.getItem(KEYS_OFF) === "1";
    } catch (error) {
      return false;
    }
  }

  function setKeysOff(off) {
    try {
      if (off) localStorage.setItem(KEYS_OFF, "1");
      else localStorage.removeItem(KEYS_OFF);
    } catch (error) {
      /* no storage: the choice lasts for this page only */
    }
  }

  function isTyping(target) {
    return Boolean(target.closest("input, textarea, select, [contenteditable='true'], dialog"));
  }

  function step(direction) {
    var links = [];
    document.querySelectorAll("[data-keys]").forEach(function (list) {
      var rows = list.matches("table") ? list.querySelectorAll("tbody tr") : list.children;
      Array.prototype.forEach.call(rows, function (row) {
        var link = row.matches("a[href]") ? row : row.querySelector("a[href]");
        if (link) links.push(link);
      });
    });
    if (!links.length) return false;
    var here = links.findIndex(function (link) {
      var row = link.closest("tr, li") || link;
      return row.contains(document.activeElement) || link.getAttribute("aria-current");
    });
    var focused = links.indexOf(document.activeElement);
    var from = focused >= 0 ? focused : here;
    var next = from < 0 ? (direction > 0 ? 0 : links.length - 1) : from + direction;
    if (!links[next]) return false;
    links[next].focus();
    return true;
  }

  var KEYS = {
    "/": function () {
      var search = document.getElementById("zoekveld");
      if (search) search.focus();
      return Boolean(search);
    },
    "?": function () {
      var help = document.body.dataset.help;
      if (help) window.location.assign(help);
      return Boolean(help);
    },
    j: function () {
      return step(1);
    },
    k: function () {
      return step(-1);
    },
  };

  function press(key) {
    var target = key.length === 1 && document.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (!target) return false;
    if (target.hasAttribute("data-key-focus")) target.focus();
    else target.click();
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || keysOff()) return;
    // A page's own keys go before the keys of every page: "?" shows the keys of the page where there are many.
    var done = press(event.key) || (Object.prototype.hasOwnProperty.call(KEYS, event.key) && KEYS[event.key]());
    if (done) event.preventDefault();
  });

  function keysSwitch(box) {
    var input = box.querySelector("input");
    box.hidden = false;
    input.checked = !keysOff();
    input.addEventListener("change", function () {
      setKeysOff(!input.checked);
    });
  }

  // --- forms: one submit, not two -----------------------------------------------------------------
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || (form.getAttribute("method") || "").toLowerCase() !== "post") return;
    var now = Date.now();
    if (form.dataset.sentAt && now - Number(form.dataset.sentAt) < 3000) {
      event.preventDefault();
      return;
    }
    form.dataset.sentAt = String(now);
    var button = event.submitter;
    if (!button) return;
    button.setAttribute("aria-disabled", "true");
    window.setTimeout(function () {
      button.removeAttribute("aria-disabled");
    }, 3000);
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent-at]").forEach(function (form) {
      delete form.dataset.sentAt;
    });
    document.querySelectorAll("button[aria-disabled]").forEach(function (button) {
      button.removeAttribute("aria-disabled");
    });
  });

  function focusSummary(root) {
    var summary = root.matches && root.matches("[data-focus]") ? root : root.querySelector("[data-focus]");
    if (summary) summary.focus();
  }

  // --- autosave: a form with data-autosave="<address>" --------------------------------------------
  function autosave(form) {
    var status = form.querySelector("[data-autosave-status]");
    var dirty = false;
    var timer = null;
    var sending = false;
    var leaving = false;

    function say(text, failed) {
      if (!status) return;
      status.textContent = text;
      status.classList.toggle("ct-autosave--failed", failed);
    }

    function plan() {
      if (!timer) timer = window.setTimeout(save, 10000);
    }

    function saved() {
      say("Bewaard om " + new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" }), false);
    }

    function failed(response) {
      if (response && response.status === 409) {
        response.text().then(function (reason) {
          say(reason.length && reason.length < 300 ? reason : "Iemand anders heeft dit intussen veranderd. Ververs de pagina.", true);
        });
        return;
      }
      dirty = true;
      if (response && response.type === "opaqueredirect") {
        say("Niet bewaard: u bent uitgelogd. Log in een ander tabblad in, dan bewaren we uw tekst alsnog.", true);
      } else {
        say("Niet bewaard, we proberen het opnieuw", true);
      }
      plan();
    }

    function text() {
      var data = new FormData(form);
      Array.from(data.keys()).forEach(function (name) {
        if (data.get(name) instanceof File) data.delete(name);
      });
      return data;
    }

    function save(last) {
      window.clearTimeout(timer);
      timer = null;
      if (!dirty || sending || leaving) return;
      dirty = false;
      sending = true;
      fetch(form.dataset.autosave, {
        method: "POST",
        body: text(),
        credentials: "same-origin",
        keepalive: last === true,
        redirect: "manual",
        headers: { "X-Autosave": "1" },
      })
        .then(function (response) {
          sending = false;
          if (!response.ok) return failed(response);
          saved();
          if (dirty) plan();
        })
        .catch(function () {
          sending = false;
          failed(null);
        });
    }

    form.addEventListener("input", function () {
      dirty = true;
      plan();
    });
    form.addEventListener("submit", function () {
      leaving = true;
    });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") save(true);
    });
    window.addEventListener("pageshow", function () {
      leaving = false;
    });
  }

  // --- tables: the card view needs a label per cell, and keeps its roles ---------------------------
  function table(element) {
    var labels = Array.prototype.map.call(element.querySelectorAll("thead th"), function (cell) {
      var link = cell.querySelector(".ct-sort");
      return ((link ? link.firstChild : cell) || cell).textContent.trim();
    });
    var numeric = Array.prototype.map.call(element.querySelectorAll("thead th"), function (cell) {
      return cell.classList.contains("ct-number");
    });
    element.setAttribute("role", "table");
    element.querySelectorAll("thead, tbody").forEach(function (part) {
      part.setAttribute("role", "rowgroup");
    });
    element.querySelectorAll("tr").forEach(function (row) {
      row.setAttribute("role", "row");
      Array.prototype.forEach.call(row.cells, function (cell, index) {
        var head = cell.tagName === "TH";
        cell.setAttribute("role", head ? (cell.scope === "row" ? "rowheader" : "columnheader") : "cell");
        if (row.parentNode.tagName === "TBODY" && numeric[index]) cell.classList.add("ct-number");
        if (row.parentNode.tagName === "TBODY" && !cell.dataset.label && labels[index]) cell.dataset.label = labels[index];
      });
    });
  }

  // --- htmx: say it when a request failed -----------------------------------------------------------
  function requestFailed() {
    var place = document.getElementById("meldingen");
    if (!place) return;
    place.textContent = "";
    var box = document.createElement("div");
    box.className = "utrecht-alert utrecht-alert--error ct-alert ct-alert--error";
    var text = document.createElement("p");
    text.textContent = "Dat lukte niet. Er is niets veranderd. Probeer het opnieuw of ververs de pagina.";
    box.appendChild(text);
    place.appendChild(box);
    place.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:responseError", requestFailed);
  document.addEventListener("htmx:sendError", requestFailed);

  function each(root, selector, act) {
    if (root.matches && root.matches(selector)) act(root);
    root.querySelectorAll(selector).forEach(act);
  }

  function enhance(root) {
    each(root, "[data-keys-switch]", keysSwitch);
    each(root, "form[data-autosave]", autosave);
    each(root, "table.ct-table", table);
    focusSummary(root);
  }

  document.addEventListener("htmx:load", function (event) {
    var root = event.detail.elt;
    if (root !== document.body) enhance(root);
  });
  document.addEventListener("DOMContentLoaded", function () {
    enhance(document);
  });
})();
