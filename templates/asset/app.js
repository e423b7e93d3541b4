// Theme, keys, the list. Pages are complete without it; it fetches nothing from elsewhere, and works
// where a page is opened from a disk: no modules, no fetch. What the search needs stands in `search.js`.
(function () {
  'use strict';
  var script = document.currentScript.dataset;
  var root = script.root;
  var html = document.documentElement;
  var find = function (selector) { return document.querySelector(selector); };
  var all = function (selector) { return Array.from(document.querySelectorAll(selector)); };

  // What was chosen, kept where the browser lets us.
  var store = {
    get: function (key) { try { return localStorage.getItem(key); } catch (e) { return null; } },
    set: function (key, value) { try { localStorage.setItem(key, value); } catch (e) { /* not kept */ } }
  };

  // The theme: that of the system, or one of two.
  var button = find('.theme');
  var themes = ['auto', 'light', 'dark'];
  function theme(name) {
    if (name === 'auto') delete html.dataset.theme; else html.dataset.theme = name;
    button.textContent = button.dataset[name];
  }
  function current() { return store.get('adr-theme') || html.dataset.theme || 'auto'; }
  button.hidden = false;
  theme(current());
  button.addEventListener('click', function () {
    var next = themes[(themes.indexOf(current()) + 1) % 3];
    store.set('adr-theme', next);
    theme(next);
  });

  // Words, as the index has them.
  function words(text) {
    var found = [];
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || []).forEach(function (run) {
      if (!/[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/.test(run)) { found.push(/^[ -~]{3,}s$/.test(run) && !/ss$/.test(run) ? run.slice(0, -1) : run); return; }
      var characters = Array.from(run);
      if (characters.length === 1) found.push(run);
      for (var i = 1; i < characters.length; i += 1) found.push(characters[i - 1] + characters[i]);
    });
    return found;
  }

  // The search: its script comes with the index, when it is first wanted.
  var dialog = find('dialog.search');
  var page = find('main .search');
  var panel = page || dialog;
  var box = panel.querySelector('[type=search]');
  window.adr = { root: root, panel: panel, words: words };
  function wake() {
    if (adr.load) return;
    adr.load = function (path, then) {
      var element = document.createElement('script');
      element.src = root + path;
      element.onload = element.onerror = then;
      document.head.appendChild(element);
    };
    adr.load(script.search, function () { if (adr.show) adr.show(); });
  }
  function open() {
    if (!page && !dialog.open) dialog.showModal();
    box.focus();
    box.select();
    wake();
  }
  if (page) {
    page.hidden = false;
    box.value = new URLSearchParams(location.search).get('q') || '';
    if (box.value) wake();
    box.addEventListener('input', function () {
      try { history.replaceState(null, '', box.value ? '?q=' + encodeURIComponent(box.value) : location.pathname); } catch (e) { /* on a disk */ }
    });
    box.addEventListener('focus', wake);
  } else {
    find('header.site a[href$="search.html"]').addEventListener('click', function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    dialog.querySelector('.close').addEventListener('click', function () { dialog.close(); });
  }
  // Keys without another one held are in the way of some who speak to their machine.
  var slash = panel.querySelector('[type=checkbox]');
  slash.checked = store.get('adr-slash') !== 'off';
  slash.addEventListener('change', function () { store.set('adr-slash', slash.checked ? '' : 'off'); });
  document.addEventListener('keydown', function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    var key = event.key === '/' && slash.checked && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    var control = event.key === 'k' && (event.ctrlKey || event.metaKey);
    if (key || control) { event.preventDefault(); open(); }
  });

  // The words of a search, marked in the text that it led to.
  var wanted = words(new URLSearchParams(location.search).get('h') || '');
  var prose = find('.prose');
  if (prose && wanted.length) {
    var walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
    var nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    var pattern = new RegExp('(?<![\\p{L}\\p{N}])(?:' + wanted.join('|') + ')[\\p{L}\\p{N}]*', 'giu');
    nodes.forEach(function (node) {
      var text = node.data;
      var at = 0;
      var pieces = [];
      text.replace(pattern, function (word, offset) {
        var mark = document.createElement('mark');
        mark.textContent = word;
        pieces.push(text.slice(at, offset), mark);
        at = offset + word.length;
      });
      if (pieces.length) node.replaceWith.apply(node, pieces.concat(text.slice(at)));
    });
  }

  // The list: narrowed by fields and words, and those in force first; the address keeps all of it.
  var filter = find('.filter');
  if (filter) {
    var field = filter.querySelector('[type=search]');
    var first = filter.querySelector('[type=checkbox]');
    var shown = find('.facets [role=status]');
    var reset = find('.facets p a');
    var nothing = find('.nothing');
    var years = all('.year');
    var fields = ['status', 'tag', 'person', 'year'];
    var state;
    var rows = all('.ledger > li').map(function (row) {
      var text = function (selector) { var part = row.querySelector(selector); return part ? part.textContent.toLowerCase() : ''; };
      var values = [[text('.status')], text('small b').split(' · '), text('small i').split(' · '), [text('time').slice(0, 4)]];
      return { row: row, home: row.parentNode, holds: !!row.querySelector('.holds'), values: values, text: row.textContent.toLowerCase() };
    });
    var links = all('[data-by] a').map(function (link) {
      var by = link.closest('[data-by]');
      return { link: link, by: fields.indexOf(by.dataset.by), count: link.querySelector('.count'),
        value: by.querySelector('a') === link ? '' : link.firstChild.textContent.trim() };
    }).filter(function (one) { return one.count; });
    // One list above the years: first what holds, then the rest, both in their order.
    var ordered = document.createElement('ul');
    ordered.className = 'ledger';
    var order = function () {
      if (first.checked === !!ordered.parentNode) return;
      if (first.checked) years[0].before(ordered); else ordered.remove();
      [true, false].forEach(function (holds) {
        rows.forEach(function (one) {
          if (one.holds === holds || !first.checked) (first.checked ? ordered : one.home).append(one.row);
        });
      });
    };
    var apply = function () {
      var chosen = fields.map(function (name) { return (state.get(name) || '').toLowerCase(); });
      var list = (state.get('q') || '').toLowerCase().split(/\s+/).filter(Boolean);
      var count = 0;
      // How many rows there would be with another value of one field: those that nothing else hides.
      var counts = fields.map(function () { return {}; });
      rows.forEach(function (one) {
        var missed = fields.map(function (name, at) { return at; }).filter(function (at) {
          return chosen[at] && one.values[at].indexOf(chosen[at]) < 0;
        });
        var fits = list.every(function (word) { return one.text.indexOf(word) >= 0; });
        one.row.hidden = !fits || missed.length > 0;
        count += !one.row.hidden;
        if (fits) counts.forEach(function (own, at) {
          if (missed.length > 1 || missed.length && missed[0] !== at) return;
          own[''] = (own[''] || 0) + 1;
          one.values[at].forEach(function (value) { if (value) own[value] = (own[value] || 0) + 1; });
        });
      });
      links.forEach(function (one) {
        var value = one.value.toLowerCase();
        one.count.textContent = counts[one.by][value] || 0;
        if (value === chosen[one.by]) one.link.setAttribute('aria-current', 'true'); else one.link.removeAttribute('aria-current');
      });
      all('.facets details').forEach(function (one) {
        var by = one.querySelector('[data-by]').dataset.by;
        one.querySelector('b').textContent = state.get(by) ? ': ' + state.get(by) : '';
      });
      years.forEach(function (year) {
        year.hidden = !year.querySelector('.ledger > li:not([hidden])');
      });
      var narrowed = list.length > 0 || chosen.some(Boolean);
      var texts = shown.dataset.count.split('|');
      shown.textContent = narrowed ? (count === 1 ? texts[0] : texts[1]).replace('{n}', count) : '';
      reset.hidden = !narrowed;
      nothing.hidden = count > 0;
      nothing.querySelector('a').search = list.length ? '?q=' + encodeURIComponent(state.get('q')) : '';
      order();
    };
    var read = function () {
      state = new URLSearchParams(location.search);
      field.value = state.get('q') || '';
      first.checked = state.get('first') === 'in-force';
      apply();
    };
    var keep = function (how) {
      var query = String(state);
      try { history[how](null, '', query ? '?' + query : location.pathname); } catch (e) { /* on a disk */ }
      apply();
    };
    var put = function (name, value) {
      if (value) state.set(name, value); else state.delete(name);
    };
    filter.hidden = false;
    read();
    addEventListener('popstate', read);
    field.addEventListener('input', function () { put('q', field.value); keep('replaceState'); });
    first.addEventListener('change', function () { put('first', first.checked && 'in-force'); keep('pushState'); });
    reset.addEventListener('click', function (event) {
      event.preventDefault();
      fields.concat('q').forEach(function (name) { state.delete(name); });
      field.value = '';
      keep('pushState');
      field.focus();
    });
    links.forEach(function (one) {
      one.link.addEventListener('click', function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        var name = fields[one.by];
        put(name, one.value !== state.get(name) && one.value);
        var open = one.link.closest('details');
        if (open) { open.open = false; open.querySelector('summary').focus(); }
        keep('pushState');
      });
    });
  }
})();
