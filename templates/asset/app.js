// Theme, keys, and what loads the rest. Pages are complete without it; it fetches nothing from elsewhere, and works
// where a page is opened from a disk: no modules, no fetch. What the search needs stands in search.js, what
// narrows the list in list.js.
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
  button.dataset.auto = button.textContent;
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
  window.adr = { root: root, panel: panel, words: words, load: load };
  var asked = {};
  function load(path, then) {
    if (asked[path]) return;
    asked[path] = true;
    var element = document.createElement('script');
    element.src = root + path;
    element.onload = element.onerror = then;
    document.head.appendChild(element);
  }
  function wake() {
    load(script.search, function () { if (adr.show) adr.show(); });
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
    var at = document.activeElement;
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== 'checkbox';
    var key = event.key === '/' && slash.checked && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    var control = event.key === 'k' && (event.ctrlKey || event.metaKey);
    if (key || control) { event.preventDefault(); open(); }
  });

  // The list of contents tells which section is being read.
  var places = all('.contents a').map(function (link) {
    return { link: link, at: document.getElementById(decodeURIComponent(link.hash.slice(1))) };
  }).filter(function (one) { return one.at; });
  var watch = new IntersectionObserver(function () {
    var current = places.filter(function (one) { return one.at.getBoundingClientRect().top < innerHeight * 0.1; }).pop();
    places.forEach(function (one) {
      if (one === current) one.link.setAttribute('aria-current', 'true'); else one.link.removeAttribute('aria-current');
    });
  }, { rootMargin: '99999px 0px -90% 0px' });
  places.forEach(function (one) { watch.observe(one.at); });

  // A link beside each heading to itself; the style shows it.
  all('.record .prose :is(h2, h3, h4)[id]').forEach(function (heading) {
    var link = document.createElement('a');
    link.className = 'here';
    link.href = '#' + heading.id;
    link.setAttribute('aria-label', '#');
    heading.append(link);
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

  // The list: what narrows it comes when somebody reaches for it, or with an address that asks for it.
  var filter = find('.filter');
  if (filter) {
    filter.hidden = false;
    var early = null;
    var reach = function () { load(script.list, function () { if (early) early.click(); }); };
    if (location.search) reach();
    all('.filter, .filters, .facets').forEach(function (one) {
      ['pointerover', 'focusin'].forEach(function (what) { one.addEventListener(what, reach, { once: true }); });
      one.addEventListener('click', function (event) {
        var link = event.target.closest('[data-by] .count, [data-by] a');
        if (!link || adr.list || event.ctrlKey || event.metaKey || event.shiftKey) return;
        early = link.closest('a');
        event.preventDefault();
      });
    });
  }
})();
