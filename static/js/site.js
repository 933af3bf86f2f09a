/* Everything here only makes things smoother: each page works without it. */
(function () {
  'use strict';
  const live = document.getElementById('live');

  function say(text) {
    if (!live) return;
    live.textContent = '';
    window.setTimeout(function () { live.textContent = text; }, 50);
  }

  function reveal() {
    document.querySelectorAll('.js-only[hidden]').forEach(function (el) { el.hidden = false; });
  }

  /* Copy: the clipboard, else the old command, else leave the text selected for a long press. */
  function select(source) {
    if (source.select) {
      source.focus();
      source.select();
      source.setSelectionRange(0, source.value.length);
      return;
    }
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copyBySelection(source) {
    select(source);
    try { return document.execCommand('copy'); } catch (error) { return false; }
  }

  function copy(button) {
    const source = document.querySelector(button.dataset.copy);
    if (!source) return;
    const text = (source.value === undefined ? source.innerText : source.value).trim();
    const done = function (ok) {
      const label = button.querySelector('[data-label]') || button;
      const before = button.dataset.before || label.textContent;
      button.dataset.before = before;
      label.textContent = ok ? '已复制' : '请长按选中的文字复制';
      say(label.textContent);
      window.setTimeout(function () { label.textContent = before; }, 2500);
    };
    const fallback = function () {
      const ok = copyBySelection(source);
      if (ok) button.focus();
      done(ok);
    };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { done(true); }, fallback);
    } else {
      fallback();
    }
  }

  document.addEventListener('click', function (event) {
    const target = event.target.closest('[data-copy], [data-print]');
    if (!target) return;
    if (target.dataset.copy) copy(target); else window.print();
  });

  /* “None of these” and “not sure” stand alone. */
  document.addEventListener('change', function (event) {
    const box = event.target;
    if (box.type !== 'checkbox' || !box.checked || !box.form) return;
    const alone = 'exclusive' in box.dataset;
    box.form.querySelectorAll('input[type="checkbox"][name="answer"]').forEach(function (other) {
      if (other !== box && (alone || 'exclusive' in other.dataset)) other.checked = false;
    });
  });

  /* One press, one answer. */
  function free(form) {
    delete form.dataset.busy;
    form.querySelectorAll('[aria-disabled]').forEach(function (el) { el.removeAttribute('aria-disabled'); });
  }

  function freeAll() { document.querySelectorAll('form[data-busy]').forEach(free); }

  /* The second tap of a double tap lands on the next question: it was not meant for it. */
  let quietUntil = 0;
  function stray(form) { return Date.now() < quietUntil && !form.querySelector('input:checked'); }

  document.addEventListener('htmx:beforeSwap', function (event) {
    if (event.target.id !== 'suggestions') quietUntil = Date.now() + 500;
  });

  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (form.dataset.busy || stray(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.busy = '1';
    form.querySelectorAll('button:not([type="button"])').forEach(function (el) { el.setAttribute('aria-disabled', 'true'); });
    window.setTimeout(function () { free(form); }, 8000);
  }, true);
  window.addEventListener('pageshow', freeAll);

  /* htmx notes the last address, and an address holds the answers: nothing stays in the browser. */
  function forget() {
    try { sessionStorage.removeItem('htmx-current-path-for-history'); } catch (error) { /* no storage to clear */ }
  }

  /* After a step: start at the top, on the error if there is one, else on the question. */
  function land() {
    const check = document.getElementById('check');
    const place = check && (check.querySelector('[role="alert"]') || check.querySelector('h1'));
    if (!place) return;
    window.scrollTo(0, 0);
    place.focus({ preventScroll: true });
  }

  document.addEventListener('htmx:afterSettle', function (event) {
    if (!event.detail.target || event.detail.target.id !== 'check') return;
    forget();
    reveal();
    freeAll();
    land();
  });
  document.addEventListener('htmx:pushedIntoHistory', forget);
  /* No answer, or no step in it: let the browser ask by itself and show the whole page. */
  function askAgain(event) {
    const form = event.detail.elt;
    if (form && form.tagName === 'FORM') form.submit();
  }
  document.addEventListener('htmx:responseError', askAgain);
  document.addEventListener('htmx:sendError', askAgain);

  /* A link may lead into a fold, or to one: open it first, for browsers that do not. */
  function unfold(hash) {
    const target = document.getElementById(hash.slice(1));
    const fold = target && target.closest('details');
    if (fold) fold.open = true;
    return fold;
  }

  document.addEventListener('click', function (event) {
    const mark = event.target.closest('a[href^="#"]');
    if (mark) unfold(mark.getAttribute('href'));
  });

  /* Folds open on paper. */
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details:not([open])').forEach(function (el) {
      el.open = true;
      el.dataset.printed = '1';
    });
  });
  window.addEventListener('afterprint', function () {
    document.querySelectorAll('details[data-printed]').forEach(function (el) {
      el.open = false;
      delete el.dataset.printed;
    });
  });

  forget();
  reveal();
  const opened = window.location.hash && unfold(window.location.hash);
  if (opened) opened.scrollIntoView();
  if (document.querySelector('#check [role="alert"]')) land();
})();
