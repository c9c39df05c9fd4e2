/* Putting an agenda in order by dragging or with Alt and an arrow. The buttons do the same without this file. */
(function () {
  "use strict";

  function send(form, item, order) {
    order.forEach(function (key) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = "punt";
      field.value = key;
      form.appendChild(field);
    });
    var moved = document.createElement("input");
    moved.type = "hidden";
    moved.name = "gesleept";
    moved.value = item;
    form.appendChild(moved);
    form.requestSubmit();
  }

  function keys(list) {
    return Array.prototype.map.call(list.children, function (row) {
      return row.dataset.item;
    });
  }

  function draggable(form, list) {
    var held = null;
    var before = "";
    Array.prototype.forEach.call(list.children, function (row) {
      row.draggable = true;
    });
    list.addEventListener("dragstart", function (event) {
      held = event.target.closest("[data-item]");
      before = keys(list).join();
      held.classList.add("ct-agenda__item--held");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    list.addEventListener("dragover", function (event) {
      var over = event.target.closest("[data-item]");
      if (!held || !over || over === held) return;
      event.preventDefault();
      var box = over.getBoundingClientRect();
      var below = event.clientY > box.top + box.height / 2;
      list.insertBefore(held, below ? over.nextElementSibling : over);
    });
    list.addEventListener("drop", function (event) {
      event.preventDefault();
    });
    list.addEventListener("dragend", function () {
      held.classList.remove("ct-agenda__item--held");
      if (keys(list).join() !== before) send(form, held.dataset.item, keys(list));
      held = null;
    });
  }

  function movable(list) {
    list.addEventListener("keydown", function (event) {
      var button = { ArrowUp: "[data-up]", ArrowDown: "[data-down]" }[event.key];
      var row = event.target.closest("[data-item]");
      if (!event.altKey || !button || !row) return;
      event.preventDefault();
      row.querySelector(button).click();
    });
  }

  document.querySelectorAll("form[data-agenda]").forEach(function (form) {
    var list = form.querySelector("ol");
    movable(list);
    if (form.querySelector("[data-up]")) draggable(form, list);
  });

  // Back after a move: where one was.
  var here = window.location.hash.slice(1) && document.getElementById(window.location.hash.slice(1));
  var link = here && here.querySelector("a[href]");
  if (link) link.focus();
})();
