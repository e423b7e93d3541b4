// The theme, the keyboard, and the loading of other scripts. Pages are complete without it. It loads nothing from other
// hosts, and works on a page that is opened from a disk: no modules, no fetch. The search is in search.js, the filters of
// lists are in list.js.
(function () {
  'use strict';
  var script = document.currentScript.dataset;
  var root = script.root;
  var html = document.documentElement;
  var find = function (selector) { return document.querySelector(selector); };
  var findAll = function (selector) { return Array.from(document.querySelectorAll(selector)); };

  // The choices of the reader, if the browser allows storing them.
  var store = {
    get: function (key) { try { return localStorage.getItem(key); } catch (error) { return null; } },
    set: function (key, value) { try { localStorage.setItem(key, value); } catch (error) { /* not stored */ } }
  };

  // The theme: as in the system, light, or dark.
  var button = find('.theme');
  var themes = ['auto', 'light', 'dark'];
  function setTheme(name) {
    if (name === 'auto') delete html.dataset.theme; else html.dataset.theme = name;
    button.textContent = button.dataset[name];
  }
  function currentTheme() { return store.get('adr-theme') || html.dataset.theme || 'auto'; }
  button.dataset.auto = button.textContent;
  button.hidden = false;
  setTheme(currentTheme());
  button.addEventListener('click', function () {
    var next = themes[(themes.indexOf(currentTheme()) + 1) % 3];
    store.set('adr-theme', next);
    setTheme(next);
  });

  // The words of a text, in the same form as in the index.
  function words(text) {
    var list = [];
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || []).forEach(function (run) {
      if (!/[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/.test(run)) { list.push(/^[ -~]{3,}s$/.test(run) && !/ss$/.test(run) ? run.slice(0, -1) : run); return; }
      var characters = Array.from(run);
      if (characters.length === 1) list.push(run);
      for (var i = 1; i < characters.length; i += 1) list.push(characters[i - 1] + characters[i]);
    });
    return list;
  }

  // The search. Its script is loaded together with the index when it is first used.
  var dialog = find('dialog.search');
  var page = find('main .search');
  var panel = page || dialog;
  var input = panel.querySelector('[type=search]');
  window.adr = { root: root, panel: panel, words: words, load: load };
  var requested = {};
  function load(path, callback) {
    if (requested[path]) return;
    requested[path] = true;
    var element = document.createElement('script');
    element.src = root + path;
    element.onload = element.onerror = callback;
    document.head.appendChild(element);
  }
  function loadSearch() {
    load(script.search, function () { if (adr.show) adr.show(); });
  }
  function openSearch() {
    if (!page && !dialog.open) dialog.showModal();
    input.focus();
    input.select();
    loadSearch();
  }
  if (page) {
    page.hidden = false;
    input.value = new URLSearchParams(location.search).get('q') || '';
    if (input.value) loadSearch();
    input.addEventListener('input', function () {
      try { history.replaceState(null, '', input.value ? '?q=' + encodeURIComponent(input.value) : location.pathname); } catch (error) { /* opened from a disk */ }
    });
    input.addEventListener('focus', loadSearch);
  } else {
    find('header.site a[href$="search.html"]').addEventListener('click', function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openSearch();
    });
    dialog.querySelector('.close').addEventListener('click', function () { dialog.close(); });
  }
  // Speech input may trigger keys without a modifier, so readers can turn this one off.
  var slash = panel.querySelector('[type=checkbox]');
  slash.checked = store.get('adr-slash') !== 'off';
  slash.addEventListener('change', function () { store.set('adr-slash', slash.checked ? '' : 'off'); });
  document.addEventListener('keydown', function (event) {
    var active = document.activeElement;
    var isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName) && active.type !== 'checkbox';
    var isSlash = event.key === '/' && slash.checked && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
    var isShortcut = event.key === 'k' && (event.ctrlKey || event.metaKey);
    if (isSlash || isShortcut) { event.preventDefault(); openSearch(); }
  });

  // Marks the current section in the table of contents.
  var sections = findAll('.contents a').map(function (link) {
    return { link: link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) };
  }).filter(function (section) { return section.heading; });
  var observer = new IntersectionObserver(function () {
    var current = sections.filter(function (section) { return section.heading.getBoundingClientRect().top < innerHeight * 0.1; }).pop();
    sections.forEach(function (section) {
      if (section === current) section.link.setAttribute('aria-current', 'true'); else section.link.removeAttribute('aria-current');
    });
  }, { rootMargin: '99999px 0px -90% 0px' });
  sections.forEach(function (section) { observer.observe(section.heading); });

  // Adds a link to itself to each heading; the style shows it.
  findAll('.record .prose :is(h2, h3, h4)[id]').forEach(function (heading) {
    var link = document.createElement('a');
    link.className = 'here';
    link.href = '#' + heading.id;
    link.setAttribute('aria-label', '#');
    heading.append(link);
  });

  // Marks the words of the search that led to this page.
  var searched = words(new URLSearchParams(location.search).get('h') || '');
  var prose = find('.prose');
  if (prose && searched.length) {
    var walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
    var nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    var pattern = new RegExp('(?<![\\p{L}\\p{N}])(?:' + searched.join('|') + ')[\\p{L}\\p{N}]*', 'giu');
    nodes.forEach(function (node) {
      var text = node.data;
      var end = 0;
      var pieces = [];
      text.replace(pattern, function (word, offset) {
        var mark = document.createElement('mark');
        mark.textContent = word;
        pieces.push(text.slice(end, offset), mark);
        end = offset + word.length;
      });
      if (pieces.length) node.replaceWith.apply(node, pieces.concat(text.slice(end)));
    });
  }

  // The filters of a list. Their script is loaded when they are first used, or at once if the address has a filter.
  var filter = find('.filter');
  if (filter) {
    filter.hidden = false;
    var earlyLink = null;
    var loadList = function () { load(script.list, function () { if (earlyLink) earlyLink.click(); }); };
    if (location.search) loadList();
    findAll('.filter, .filters, .facets').forEach(function (element) {
      ['pointerover', 'focusin'].forEach(function (type) { element.addEventListener(type, loadList, { once: true }); });
      element.addEventListener('click', function (event) {
        var target = event.target.closest('[data-by] .count, [data-by] a');
        if (!target || adr.list || event.ctrlKey || event.metaKey || event.shiftKey) return;
        earlyLink = target.closest('a');
        event.preventDefault();
      });
    });
  }
})();
