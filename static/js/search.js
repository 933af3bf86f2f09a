/* Suggestions while somebody types, as the combobox of WAI-ARIA. Without this file the form searches all the same. */
(function () {
  'use strict';
  const form = document.querySelector('form[data-suggest]');
  if (!form || !window.htmx) return;
  const input = form.querySelector('[type="search"]');
  const list = form.querySelector('[role="listbox"]');
  const note = form.querySelector('[data-cut]');
  const live = document.getElementById('live');
  let composing = false; // an input method holds letters that are no text yet
  let dismissed = false; // the reader closed the list and has typed nothing since
  let asked = input.value; // what the last request was about
  let answered = null; // what the list is about
  let chosen = -1;

  function options() { return list.querySelectorAll('[role="option"]'); }

  function choose(index) {
    chosen = index;
    input.removeAttribute('aria-activedescendant');
    options().forEach(function (option, i) {
      option.setAttribute('aria-selected', String(i === index));
      if (i !== index) return;
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    });
  }

  function show(open) {
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    choose(-1);
  }

  /* A keyboard on the screen leaves little room: let the list begin at the top. */
  function makeRoom() {
    const view = window.visualViewport;
    if (list.getBoundingClientRect().bottom > (view ? view.height : window.innerHeight)) form.scrollIntoView();
  }

  function say(text) {
    live.textContent = '';
    window.setTimeout(function () { live.textContent = text; }, 50);
  }

  /* Browsers differ in whether `input` comes before or after `compositionend`: both ask, and htmx sends one request. */
  function ask() {
    if (composing) return;
    dismissed = false;
    if (input.value.length < input.maxLength) note.hidden = true;
    if (!input.value) show(false);
    if (input.value !== asked) htmx.trigger(input, 'typed');
  }

  input.addEventListener('compositionstart', function () { composing = true; });
  input.addEventListener('compositionend', function () {
    composing = false;
    ask();
  });
  input.addEventListener('input', function (event) {
    if (!event.isComposing) ask();
  });

  /* The browser cuts a long paste by itself and says nothing. */
  input.addEventListener('paste', function (event) {
    const pasted = event.clipboardData ? event.clipboardData.getData('text').length : 0;
    const kept = input.value.length - (input.selectionEnd - input.selectionStart);
    note.hidden = kept + pasted <= input.maxLength;
  });

  /* Composing may have begun while the request was waiting; the end of it asks again. */
  input.addEventListener('htmx:beforeRequest', function (event) {
    if (composing || !input.value.trim()) event.preventDefault();
    if (!composing) asked = input.value;
  });
  list.addEventListener('htmx:beforeSwap', function (event) {
    const about = event.detail.requestConfig.parameters.q;
    event.detail.shouldSwap = event.detail.shouldSwap && about === input.value && !form.dataset.busy;
    if (event.detail.shouldSwap) answered = about;
  });
  list.addEventListener('htmx:afterSwap', function () {
    const number = list.querySelectorAll('[role="option"]:not([data-all])').length;
    const wanted = document.activeElement === input && !dismissed;
    show(wanted && number > 0);
    if (!list.hidden) makeRoom();
    if (wanted) say(number ? '有' + number + '条建议' : '没有建议，可以直接搜索');
  });

  /* From the field down the list, round, and back into the field. */
  function move(step) {
    const places = options().length + 1;
    if (places === 1 || answered !== input.value) return;
    const next = (chosen + 1 + step + places) % places - 1;
    if (list.hidden) show(true);
    choose(next);
  }

  function escape() {
    if (list.hidden) input.value = '';
    ask();
    dismissed = true;
    show(false);
  }

  function enter(event) {
    const option = list.hidden ? null : options()[chosen];
    if (!option) return;
    event.preventDefault();
    option.click();
    show(false);
  }

  input.addEventListener('keydown', function (event) {
    if (composing || event.isComposing || event.keyCode === 229) { // 229: the key belongs to the input method
      if (event.key === 'Enter') event.preventDefault();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      escape();
    } else if (event.key === 'Enter') {
      enter(event);
    }
  });

  function close() { show(false); }

  list.addEventListener('mousedown', function (event) { event.preventDefault(); }); // the field keeps the focus
  list.addEventListener('click', close);
  input.addEventListener('blur', close);
  form.addEventListener('submit', close);
  window.addEventListener('pageshow', close);
  document.addEventListener('pointerdown', function (event) {
    if (!form.contains(event.target)) close();
  });

  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  show(false);
})();
