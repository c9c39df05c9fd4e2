/* Says in time that somebody will be logged out, and keeps what was typed. Works without: then the page says so later. */
(function () {
  "use strict";

  var WARN = 180;
  var body = document.body;
  var address = body.dataset.session;
  if (!address) return;
  var ends = 0;
  var timer = null;

  function set(seconds) {
    ends = Date.now() + seconds * 1000;
    plan();
  }

  function left() {
    return Math.round((ends - Date.now()) / 1000);
  }

  function plan() {
    window.clearTimeout(timer);
    var wait = left() > WARN ? left() - WARN : Math.max(left(), 5);
    timer = window.setTimeout(look, Math.min(wait, 86400) * 1000);
  }

  /* Asking is no use of the session. Another tab may have gone on, or somebody may have logged in again. */
  function look() {
    ask("GET").then(function (found) {
      if (found.seconds && found.who !== body.dataset.who) return say("other");
      if (!found.seconds) return over();
      renew(found.token);
      set(found.seconds);
      if (found.seconds > WARN + 1) return say("");
      say("soon");
    }).catch(plan);
  }

  function ask(method) {
    var headers = method === "POST" ? { "X-CSRFToken": token() } : {};
    return fetch(address, { method: method, headers: headers, credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) throw new Error("state");
      return answer.json();
    });
  }

  function token() {
    return JSON.parse(body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  }

  /* After logging in anew the old token of a form would be refused, and what was typed in it with it. */
  function renew(fresh) {
    if (!fresh) return;
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (input) {
      input.value = fresh;
    });
    body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
  }

  function over() {
    say("over");
    window.clearTimeout(timer);
    timer = window.setTimeout(look, 15000);
  }

  function say(kind) {
    document.querySelectorAll("[data-session-says]").forEach(function (part) {
      part.hidden = part.dataset.sessionSays !== kind;
    });
    document.querySelector("[data-session-box]").hidden = !kind;
  }

  document.querySelector("[data-session-stay]").addEventListener("click", function () {
    ask("POST").then(function (found) {
      if (!found.seconds) return over();
      renew(found.token);
      set(found.seconds);
      say("");
    }).catch(over);
  });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible" && left() < WARN) look();
  });
  set(Number(body.dataset.seconds) || WARN);
})();
