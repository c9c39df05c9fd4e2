/* Holding a meeting: lines that wait for the connection, and what a colleague types. The page works without this file.

   Every line gets its key here, so that sending it again makes no second one. What waits is kept in this browser,
   encrypted with a key that only the server gives, to this person for this meeting; it is stored nowhere here. */
(function () {
  "use strict";

  var EVERY = 4000; // how often we ask what a colleague typed
  var LONGEST = 15000; // between two tries without a connection
  var root, box, secret, token, stamp;
  var here = ""; // where the addresses of this item begin
  var waiting = []; // lines, in the order in which they were typed
  var behindSince = null;
  var tries = 0;
  var sending = false;
  var timer = null;
  var unreadable = 0;
  var stored = Promise.resolve();

  function clock(moment) {
    return new Date(moment).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
  }

  function newKey() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.from(bytes, function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  // --- the box: what waits, encrypted --------------------------------------------------------------
  function inBase64(bytes) {
    return btoa(String.fromCharCode.apply(null, bytes));
  }

  function fromBase64(text) {
    return Uint8Array.from(atob(text), function (letter) {
      return letter.charCodeAt(0);
    });
  }

  function openBox() {
    var raw = fromBase64(root.dataset.boxKey);
    root.removeAttribute("data-box-key");
    if (!window.crypto || !crypto.subtle) return Promise.resolve(null);
    return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  function rules(name, iv) {
    return { name: "AES-GCM", iv: iv, additionalData: new TextEncoder().encode(name) };
  }

  // One after the other: encrypting takes a moment, and what was dropped meanwhile must not come back.
  function store(act) {
    stored = stored.then(act).catch(function () {
      /* no storage, or full: it waits in this page only */
    });
    return stored;
  }

  function put(id, value) {
    var name = box + "." + id;
    var plain = new TextEncoder().encode(JSON.stringify(value));
    return store(function () {
      if (!secret) return null;
      var iv = crypto.getRandomValues(new Uint8Array(12));
      return crypto.subtle.encrypt(rules(name, iv), secret, plain).then(function (sealed) {
        localStorage.setItem(name, inBase64(iv) + "." + inBase64(new Uint8Array(sealed)));
      });
    });
  }

  function drop(id) {
    return store(function () {
      localStorage.removeItem(box + "." + id);
    });
  }

  function read(name) {
    var parts = localStorage.getItem(name).split(".");
    return crypto.subtle
      .decrypt(rules(name, fromBase64(parts[0])), secret, fromBase64(parts[1]))
      .then(function (plain) {
        return JSON.parse(new TextDecoder().decode(plain));
      })
      .catch(function () {
        unreadable += 1;
        return null;
      });
  }

  function readAll() {
    if (!secret) return Promise.resolve([]);
    var names = [];
    try {
      names = Object.keys(localStorage).filter(function (name) {
        return name.startsWith(box + ".");
      });
    } catch (error) {
      /* no storage */
    }
    return Promise.all(names.map(read)).then(function (values) {
      return values.filter(Boolean);
    });
  }

  // --- saying how it stands ---------------------------------------------------------------------------
  function say(text, behind) {
    var place = document.querySelector("[data-status]");
    if (!place || place.textContent === text) return;
    place.textContent = text;
    place.classList.toggle("ct-hold__status--behind", Boolean(behind));
  }

  function count() {
    var lines = waiting.filter(function (line) {
      return !line.state;
    }).length;
    return lines === 1 ? "1 regel wacht" : lines + " regels wachten";
  }

  function pending() {
    return waiting.some(function (line) {
      return !line.state;
    });
  }

  function sayBehind(why) {
    if (!behindSince) {
      behindSince = waiting.reduce(function (since, line) {
        return line.state ? since : Math.min(since, line.at);
      }, Date.now());
    }
    if (why) say((pending() ? count() + ". " : "") + why, true);
    else if (pending()) say(count() + " op de verbinding, sinds " + clock(behindSince) + ". U kunt doortypen.", true);
    else say("Geen verbinding sinds " + clock(behindSince) + ". U kunt doortypen: uw regels wachten hier.", true);
  }

  function sayCaughtUp(said) {
    if (behindSince) say("Weer bij: alles is bewaard om " + clock(Date.now()) + ".", false);
    else if (said) say(said, false);
    behindSince = null;
  }

  // --- lines that need an answer ------------------------------------------------------------------------
  function button(label, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "ct-hold__small";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function card(line) {
    var made = document.createElement("section");
    made.className = "ct-hold__card";
    made.dataset.card = line.key;
    var text = document.createElement("p");
    text.textContent = line.said || "Deze regel is nog niet bewaard:";
    if (!isHere(line)) text.textContent = "Van een ander punt. " + text.textContent;
    made.appendChild(text);
    if (line.state === "ask") {
      var holder = document.createElement("div");
      holder.innerHTML = line.html; // made by our own server, and read back only as it was sealed
      var first = holder.querySelector("select, input:not([type=hidden])");
      if (first) {
        first.setAttribute("data-key", "v");
        first.setAttribute("data-key-focus", "");
      }
      made.appendChild(holder);
    } else {
      var typed = document.createElement("p");
      typed.className = "ct-hold__typed";
      typed.textContent = line.fields.text || line.fields.day || "";
      made.appendChild(typed);
      made.appendChild(
        button("Probeer opnieuw", function () {
          line.state = "";
          keep(line).then(send);
          showCards();
        })
      );
    }
    made.appendChild(
      button("Gooi deze regel weg", function () {
        forget(line);
        showCards();
        say("De regel is weggegooid.", false);
      })
    );
    return made;
  }

  function isHere(line) {
    return line.url.startsWith(here);
  }

  function showCards() {
    var place = document.getElementById("vragen");
    if (!place) return;
    waiting.forEach(function (line) {
      if (root.dataset.wall && !isHere(line)) return; // another case is not for this wall
      var there = place.querySelector('[data-card="' + line.key + '"]');
      if (there && (!line.state || line.fresh)) there.remove();
      if (line.state && (!there || line.fresh)) place.appendChild(card(line));
      line.fresh = false;
    });
    place.querySelectorAll("[data-card]").forEach(function (shown) {
      var known = waiting.some(function (line) {
        return line.key === shown.dataset.card;
      });
      if (!known) shown.remove();
    });
  }

  // --- the queue -------------------------------------------------------------------------------------------
  function keep(line) {
    return put(line.key, line);
  }

  function forget(line) {
    waiting = waiting.filter(function (other) {
      return other !== line;
    });
    var again = waiting.some(function (other) {
      return other.key === line.key;
    });
    if (!again) drop(line.key);
  }

  function fieldsOf(form) {
    var fields = {};
    new FormData(form).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken") fields[name] = value;
    });
    return fields;
  }

  function take(form) {
    var fields = fieldsOf(form);
    var fresh = form.dataset.lineNew;
    if (fresh && !fields.text.trim()) return null;
    if (fresh) fields.id = newKey();
    var key = fields.id || form.dataset.lineKey;
    waiting
      .filter(function (line) {
        return line.key === key;
      })
      .forEach(forget);
    var line = { key: key, at: Date.now(), url: form.getAttribute("action"), fields: fields, state: "" };
    waiting.push(line);
    return line;
  }

  function send() {
    window.clearTimeout(timer);
    timer = null;
    if (sending) return;
    var line = waiting.find(function (one) {
      return !one.state;
    });
    if (!line) return plan(EVERY);
    if (navigator.onLine === false) return sayBehind();
    sending = true;
    ask(line.url, line.fields)
      .then(function (answer) {
        sending = false;
        arrived(line, answer);
      })
      .catch(function () {
        sending = false;
        unreachable();
      });
  }

  function unreachable() {
    tries += 1;
    sayBehind();
    plan(Math.min(1000 * Math.pow(2, tries), LONGEST));
  }

  function ask(url, fields) {
    var options = {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      headers: { "X-Meeting-Box": box },
    };
    if (fields) {
      options.method = "POST";
      options.headers["X-CSRFToken"] = token;
      options.body = new URLSearchParams(fields);
    }
    return fetch(url, options).then(function (response) {
      if (response.type === "opaqueredirect") return { state: "login" };
      if (response.status >= 500) throw new Error("not now");
      if (!(response.headers.get("Content-Type") || "").startsWith("application/json")) {
        return { state: response.status === 304 ? "same" : response.status === 403 ? "token" : "gone" };
      }
      return response.json();
    });
  }

  function arrived(line, answer) {
    if (answer.state === "login") return loggedOut();
    if (answer.state === "other") return sayBehind(answer.said);
    if (answer.state === "token" && !line.again) return freshToken(line);
    tries = 0;
    offerLogin(false);
    if (answer.state === "saved") {
      // What was typed over it while it was on its way is another line by now, and waits still.
      forget(line);
      if (!pending()) sayCaughtUp(isHere(line) ? answer.said : "");
    } else {
      line.state = answer.state === "ask" ? "ask" : "refused";
      line.said = answer.said || (answer.state === "ask" ? "" : "Deze regel kan hier niet meer bewaard worden.");
      line.html = answer.html;
      line.fresh = true;
      keep(line);
      if (!pending()) behindSince = null;
      // The focus stays where it is: the next line may be half typed. One key leads to the question.
      say(line.state === "ask" ? "Eén regel heeft nog een antwoord nodig (Esc, dan v)." : line.said, true);
    }
    showCards();
    if (answer.token) token = answer.token;
    if (isHere(line)) show(answer);
    send();
  }

  function freshToken(line) {
    line.again = true;
    ask(root.dataset.live)
      .then(function (answer) {
        if (answer.state === "login") return loggedOut();
        show(answer);
        send();
      })
      .catch(unreachable);
  }

  function loggedOut() {
    sayBehind("U bent uitgelogd. Log opnieuw in, dan gaan we verder.");
    offerLogin(true);
    plan(LONGEST / 3);
  }

  function offerLogin(offered) {
    var link = document.querySelector("[data-login]");
    if (link) link.hidden = !offered;
  }

  // --- what a colleague typed -----------------------------------------------------------------------------------
  function plan(pause) {
    window.clearTimeout(timer);
    timer = window.setTimeout(pending() ? send : poll, pause);
  }

  function poll() {
    timer = null;
    if (!root.dataset.live || document.visibilityState === "hidden") return plan(EVERY);
    if (navigator.onLine === false) return sayBehind();
    var live = root.dataset.live;
    ask(live + (live.includes("?") ? "&" : "?") + "na=" + encodeURIComponent(stamp))
      .then(function (answer) {
        if (answer.state === "login") return loggedOut();
        tries = 0;
        offerLogin(false);
        if (answer.state === "saved") show(answer);
        if (!pending()) sayCaughtUp("");
        plan(EVERY);
      })
      .catch(unreachable);
  }

  function show(answer) {
    if (answer.token) token = answer.token;
    if (!answer.live || answer.stamp === stamp) return;
    var part = document.querySelector("[data-live-part]");
    var focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    stamp = answer.stamp;
    part.innerHTML = answer.live;
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
    if (root.dataset.open && !answer.open) say("Een collega heeft dit punt gesloten. Wat u nu typt, wordt niet bewaard.", true);
  }

  // --- forms ------------------------------------------------------------------------------------------------------
  function empty(form) {
    var input = form.querySelector("input[name=text]");
    if (!input) return;
    input.value = "";
    drop("tekst-" + draftOf(form));
    input.focus();
  }

  function draftOf(form) {
    return form.dataset.lineNew + "-" + form.getAttribute("action");
  }

  document.addEventListener(
    "submit",
    function (event) {
      var form = event.target;
      var first = form.matches("[data-waits]") && beforeClosing();
      if (first) {
        event.preventDefault();
        event.stopPropagation();
        return say(first, true);
      }
      if (!form.matches("[data-line]") || !root) return;
      event.preventDefault();
      event.stopPropagation(); // before the guard against two submits: here each is a line of its own
      var line = take(form);
      if (!line) return;
      showCards();
      keep(line).then(send);
      if (form.dataset.lineNew) empty(form);
    },
    true
  );

  document.addEventListener("click", function (event) {
    var first = root && event.target.closest("a[data-waits]") && beforeClosing();
    if (!first) return;
    event.preventDefault();
    say(first, true);
  });

  function beforeClosing() {
    if (pending()) return count() + " nog. Wacht tot alles bewaard is, dan kunt u sluiten.";
    var asks = waiting.some(function (line) {
      return line.state === "ask" && isHere(line);
    });
    return asks ? "Eén regel heeft nog een antwoord nodig. Beantwoord die eerst, of gooi hem weg." : "";
  }

  function drafts() {
    document.querySelectorAll("form[data-line-new]").forEach(function (form) {
      var input = form.querySelector("input[name=text]");
      var id = "tekst-" + draftOf(form);
      input.addEventListener("input", function () {
        if (input.value) put(id, { draft: id, text: input.value });
        else drop(id);
      });
      input.addEventListener("keydown", function (event) {
        if (event.key === "Escape") input.blur();
      });
    });
  }

  function fill(values) {
    values.forEach(function (value) {
      if (!value.draft) return;
      document.querySelectorAll("form[data-line-new]").forEach(function (form) {
        var input = form.querySelector("input[name=text]");
        if (value.draft === "tekst-" + draftOf(form) && !input.value) input.value = value.text;
      });
    });
  }

  function start() {
    root = document.querySelector("[data-meeting]");
    if (!root) return;
    box = root.dataset.box;
    token = root.dataset.token;
    stamp = root.dataset.stamp;
    here = (root.dataset.live || "").replace(/nu\/.*$/, "");
    openBox()
      .then(function (key) {
        secret = key;
        return readAll();
      })
      .then(function (values) {
        var typed = waiting; // before the box was open
        waiting = values
          .filter(function (value) {
            return value.key;
          })
          .sort(function (one, other) {
            return one.at - other.at;
          })
          .concat(typed);
        waiting.forEach(function (line) {
          line.again = false;
          if (line.state === "refused") line.state = ""; // once more: it may be possible by now
        });
        typed.forEach(keep);
        fill(values);
        drafts();
        showCards();
        if (unreadable) say("Een regel van eerder kon niet worden gelezen.", true);
        if (pending()) sayBehind();
        send();
      });
    window.addEventListener("online", function () {
      tries = 0;
      send();
    });
    window.addEventListener("offline", function () {
      sayBehind();
    });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "visible" && !sending) send();
    });
  }

  document.addEventListener("DOMContentLoaded", start);
})();
