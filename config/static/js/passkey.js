/* Passkeys: asks the browser, and sends what it answers with the form. Nothing is kept. */
(function () {
  "use strict";

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) {
      return letter.charCodeAt(0);
    }).buffer;
  }

  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function known(list) {
    return (list || []).map(function (one) {
      return Object.assign({}, one, { id: bytes(one.id) });
    });
  }

  function ask(kind, options) {
    var key = Object.assign({}, options.publicKey, { challenge: bytes(options.publicKey.challenge) });
    if (kind === "create") {
      key.user = Object.assign({}, key.user, { id: bytes(key.user.id) });
      key.excludeCredentials = known(key.excludeCredentials);
      return navigator.credentials.create({ publicKey: key });
    }
    key.allowCredentials = known(key.allowCredentials);
    return navigator.credentials.get({ publicKey: key });
  }

  function told(answer) {
    var parts = answer.response;
    var sent = { clientDataJSON: text(parts.clientDataJSON) };
    if (parts.attestationObject) {
      sent.attestationObject = text(parts.attestationObject);
      sent.transports = parts.getTransports ? parts.getTransports() : [];
    } else {
      sent.authenticatorData = text(parts.authenticatorData);
      sent.signature = text(parts.signature);
      sent.userHandle = parts.userHandle ? text(parts.userHandle) : null;
    }
    return {
      id: answer.id,
      rawId: text(answer.rawId),
      type: answer.type,
      authenticatorAttachment: answer.authenticatorAttachment,
      clientExtensionResults: answer.getClientExtensionResults(),
      response: sent,
    };
  }

  function sentence(error) {
    if (error.name === "InvalidStateError") return "Op dit apparaat staat al een passkey voor uw account.";
    if (error.name === "SecurityError") return "Passkeys werken niet op dit adres. Gebruik een app met codes.";
    return "Er is geen passkey gebruikt. Probeer het opnieuw, of kies een andere manier.";
  }

  function options(form) {
    var place = document.getElementById("passkey-opties");
    if (place) return Promise.resolve(JSON.parse(place.textContent));
    return fetch(form.action, { headers: { Accept: "application/json" } }).then(function (answer) {
      if (!answer.ok) throw new Error("options");
      return answer.json();
    }).then(function (data) {
      return data.request_options;
    });
  }

  function start(form) {
    var error = form.querySelector("[data-passkey-error]");
    var place = form.querySelector("[name=credential]");
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      error.hidden = true;
      options(form).then(function (found) {
        return ask(form.dataset.passkey, found);
      }).then(function (answer) {
        place.value = JSON.stringify(told(answer));
        form.submit();
      }).catch(function (problem) {
        error.textContent = sentence(problem);
        error.hidden = false;
      });
    });
  }

  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("form[data-passkey]").forEach(start);
})();
