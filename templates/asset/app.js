// Search, filter, theme, keys. Pages are complete without it; it fetches nothing from elsewhere,
// and works where a page is opened from a disk: no modules, no fetch.
(function () {
  'use strict';
  var script = document.currentScript.dataset;
  var root = script.root;
  var html = document.documentElement;
  var find = function (selector) { return document.querySelector(selector); };

  // The theme: that of the system, or one of two; kept where the browser lets us.
  var store = {
    get: function () { try { return localStorage.getItem('adr-theme') || 'auto'; } catch (e) { return 'auto'; } },
    set: function (value) { try { localStorage.setItem('adr-theme', value); } catch (e) { /* not kept */ } }
  };
  var button = find('.theme');
  function theme(name) {
    if (name === 'auto') delete html.dataset.theme; else html.dataset.theme = name;
    button.textContent = button.dataset[name];
  }
  var themes = ['auto', 'light', 'dark'];
  button.hidden = false;
  theme(store.get());
  button.addEventListener('click', function () {
    var next = themes[(themes.indexOf(store.get()) + 1) % themes.length];
    store.set(next);
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

  // The index: loaded when it is first wanted, in parts where it is large.
  var index = null;
  var parts = {};
  var waiting = {};
  function load(path, then) {
    if (waiting[path]) { waiting[path].push(then); return; }
    waiting[path] = [then];
    var element = document.createElement('script');
    element.src = root + path;
    element.onload = element.onerror = function () {
      waiting[path].forEach(function (one) { one(); });
      delete waiting[path];
    };
    document.head.appendChild(element);
  }
  window.adrSearch = function (name, data) {
    if (name === 'head') { index = data; return; }
    var last = '';
    parts[name] = data.split('\n').filter(Boolean).map(function (line) {
      var fields = line.split(' ');
      var shared = parseInt(fields[0][0], 36);
      last = Array.from(last).slice(0, shared).join('') + fields[0].slice(1);
      return [last, fields[1]];
    });
  };
  // The parts that hold words which begin with the word.
  function partsOf(word) {
    var found = [];
    index.starts.forEach(function (start, at) {
      var next = index.starts[at + 1];
      var begins = start <= word || start.indexOf(word) === 0;
      if (begins && (next === undefined || next > word || next.indexOf(word) === 0)) found.push(at);
    });
    return found;
  }
  function ready(list, then) {
    var withIndex = function () {
      if (!index) return;
      var needed = [];
      list.forEach(function (word) {
        partsOf(word).forEach(function (at) { if (!parts[at] && needed.indexOf(at) < 0) needed.push(at); });
      });
      var open = needed.length;
      if (!open) { then(); return; }
      needed.forEach(function (at) {
        load(index.files[at], function () { open -= 1; if (!open) then(); });
      });
    };
    if (index) withIndex(); else load(script.search, withIndex);
  }

  // For every record that a word finds: how well, and in which section.
  function hits(word) {
    var found = {};
    partsOf(word).forEach(function (at) {
      (parts[at] || []).forEach(function (entry) {
        if (entry[0].indexOf(word) !== 0) return;
        var exact = entry[0] === word;
        var doc = -1;
        entry[1].replace(/([0-9a-z]*)([A-Z])/g, function (place, gap, section) {
          doc += 1 + (gap ? parseInt(gap, 36) : 0);
          var score = exact ? 2 : 1;
          if (!found[doc] || found[doc].score < score) found[doc] = { score: score, section: section.charCodeAt(0) - 65 };
        });
      });
    });
    index.docs.forEach(function (doc, at) {
      words(doc[2]).forEach(function (own) {
        if (own.indexOf(word) !== 0) return;
        found[at] = { score: own === word ? 20 : 12, section: 0 };
      });
    });
    return found;
  }
  function search(query) {
    var list = words(query);
    var number = query.match(/^\s*(?:[a-z]+[-\s#]*)?0*(\d+)\s*$/i);
    var all = {};
    list.forEach(function (word) {
      var found = hits(word);
      Object.keys(found).forEach(function (doc) {
        var one = all[doc] || (all[doc] = { doc: index.docs[doc], words: 0, score: 0, section: 0 });
        one.words += 1;
        one.score += found[doc].score;
        one.section = one.section || found[doc].section;
      });
    });
    if (number) {
      index.docs.forEach(function (doc, at) {
        var own = doc[1].match(/(\d+)$/);
        if (own && Number(own[1]) === Number(number[1])) {
          all[at] = { doc: doc, words: 99, score: 1000, section: 0 };
        }
      });
    }
    return Object.keys(all).map(function (at) { return all[at]; }).sort(function (a, b) {
      return b.words - a.words || (b.score + 3 * b.doc[5]) - (a.score + 3 * a.doc[5]) ||
        (a.doc[0] < b.doc[0] ? 1 : -1);
    });
  }

  // A box, the number of results, and the results as a list of links.
  function box(panel) {
    var input = panel.querySelector('input');
    var count = panel.querySelector('[role=status]');
    var list = panel.querySelector('ol');
    function element(name, className, text) {
      var made = document.createElement(name);
      if (className) made.className = className;
      made.textContent = text;
      return made;
    }
    function show() {
      var query = input.value.trim();
      list.textContent = '';
      count.textContent = '';
      if (!query) return;
      ready(words(query), function () {
        if (query !== input.value.trim()) return;
        var found = search(query);
        var texts = count.dataset.count.split('|');
        count.textContent = (found.length === 1 ? texts[0] : texts[1]).replace('{n}', found.length);
        list.textContent = '';
        found.slice(0, 30).forEach(function (one) {
          var doc = one.doc;
          var item = document.createElement('li');
          var link = element('a', '', '');
          link.href = root + 'decisions/' + doc[0] + '.html?h=' + encodeURIComponent(query);
          if (doc[1]) link.append(element('span', 'number', doc[1]), ' ');
          link.append(doc[2]);
          item.append(link, ' ', element('span', 'status ' + doc[3], doc[4]));
          var section = doc[7][one.section];
          if (section && section !== doc[2]) item.append(' ', element('span', 'section', section));
          if (doc[6]) item.append(element('p', '', doc[6]));
          list.append(item);
        });
      });
    }
    input.addEventListener('input', show);
    panel.addEventListener('keydown', function (event) {
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) {
        if (event.key === 'Enter' && event.target === input && list.querySelector('a')) list.querySelector('a').click();
        return;
      }
      var stops = [input].concat(Array.from(list.querySelectorAll('a')));
      var next = stops[stops.indexOf(document.activeElement) + step];
      if (next) { next.focus(); event.preventDefault(); }
    });
    return { input: input, show: show };
  }

  var dialog = find('dialog.search');
  var page = find('main .search');
  var panel = box(page || dialog);
  function open() {
    if (page) { panel.input.focus(); return; }
    if (!dialog.open) dialog.showModal();
    panel.input.select();
  }
  if (page) {
    page.hidden = false;
    panel.input.value = new URLSearchParams(location.search).get('q') || '';
    panel.show();
    panel.input.addEventListener('input', function () {
      try { history.replaceState(null, '', panel.input.value ? '?q=' + encodeURIComponent(panel.input.value) : location.pathname); } catch (e) { /* on a disk */ }
    });
  } else {
    find('header.site a[href$="search.html"]').addEventListener('click', function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    dialog.querySelector('button').addEventListener('click', function () { dialog.close(); });
  }
  document.addEventListener('keydown', function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    var slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    var control = event.key === 'k' && (event.ctrlKey || event.metaKey);
    if (slash || control) { event.preventDefault(); open(); }
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

  // The list, filtered as one types, and those in force first; the address keeps both.
  var filter = find('.filter');
  if (filter) {
    var field = filter.querySelector('[type=search]');
    var first = filter.querySelector('[type=checkbox]');
    var shown = filter.querySelector('[role=status]');
    var years = Array.from(document.querySelectorAll('.year'));
    var rows = Array.from(document.querySelectorAll('.ledger > li')).map(function (row) {
      var more = row.querySelector('[data-words]');
      return { row: row, home: row.parentNode, holds: !!row.querySelector('.holds'),
        text: (row.textContent + ' ' + (more ? more.dataset.words : '')).toLowerCase() };
    });
    // One list above the years: first what holds, then the rest, both in their order.
    var ordered = document.createElement('ul');
    ordered.className = 'ledger';
    var order = function () {
      if (first.checked && !ordered.parentNode) years[0].before(ordered);
      if (!first.checked) ordered.remove();
      [true, false].forEach(function (holds) {
        rows.forEach(function (one) {
          if (one.holds === holds || !first.checked) (first.checked ? ordered : one.home).append(one.row);
        });
      });
    };
    var apply = function () {
      var list = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      var count = 0;
      rows.forEach(function (one) {
        var fits = list.every(function (word) { return one.text.indexOf(word) >= 0; });
        one.row.hidden = !fits;
        count += fits;
      });
      years.forEach(function (year) {
        year.hidden = !year.querySelector('.ledger > li:not([hidden])');
      });
      var texts = shown.dataset.count.split('|');
      shown.textContent = list.length ? (count === 1 ? texts[0] : texts[1]).replace('{n}', count) : '';
    };
    var keep = function () {
      var state = new URLSearchParams();
      if (field.value) state.set('q', field.value);
      if (first.checked) state.set('first', 'in-force');
      try { history.replaceState(null, '', String(state) ? '?' + state : location.pathname); } catch (e) { /* on a disk */ }
    };
    var state = new URLSearchParams(location.search);
    filter.hidden = false;
    field.value = state.get('q') || '';
    first.checked = state.get('first') === 'in-force';
    if (first.checked) order();
    apply();
    field.addEventListener('input', function () { apply(); keep(); });
    first.addEventListener('change', function () { order(); apply(); keep(); });
  }
})();
