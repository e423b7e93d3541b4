// The search. It is sent together with the index, and app.js loads it when the search is first used.
(function () {
  'use strict';
  var adr = window.adr;

  // The index. A large log has an index of several parts.
  var index = null;
  var parts = {};
  // The callbacks that wait for a part, by its path.
  var waiting = {};
  function load(path, callback) {
    if (waiting[path]) { waiting[path].push(callback); return; }
    waiting[path] = [callback];
    adr.load(path, function () { waiting[path].forEach(function (next) { next(); }); });
  }
  window.adrSearch = function (name, data) {
    if (name === 'head') { index = data; return; }
    var word = '';
    parts[name] = data.split('\n').filter(Boolean).map(function (line) {
      var fields = line.split(' ');
      var shared = parseInt(fields[0][0], 36);
      word = Array.from(word).slice(0, shared).join('') + fields[0].slice(1);
      return [word, fields[1]];
    });
  };
  // The parts with words that start with the prefix.
  function partsOf(prefix) {
    var numbers = [];
    index.starts.forEach(function (start, number) {
      var next = index.starts[number + 1];
      var isBefore = start <= prefix || start.indexOf(prefix) === 0;
      if (isBefore && (next === undefined || next > prefix || next.indexOf(prefix) === 0)) numbers.push(number);
    });
    return numbers;
  }
  function loadParts(words, callback) {
    var missing = [];
    words.forEach(function (word) {
      partsOf(word).forEach(function (number) { if (!parts[number] && missing.indexOf(number) < 0) missing.push(number); });
    });
    var remaining = missing.length;
    if (!remaining) { callback(); return; }
    missing.forEach(function (number) {
      load(index.files[number], function () { remaining -= 1; if (!remaining) callback(); });
    });
  }

  // The records with words that start with the prefix: the score and the section of each.
  function matches(prefix) {
    var byRecord = {};
    partsOf(prefix).forEach(function (number) {
      (parts[number] || []).forEach(function (entry) {
        if (entry[0].indexOf(prefix) !== 0) return;
        var score = entry[0] === prefix ? 2 : 1;
        var record = -1;
        entry[1].replace(/([0-9a-z]*)([A-Z])/g, function (position, gap, section) {
          record += 1 + (gap ? parseInt(gap, 36) : 0);
          if (!byRecord[record] || byRecord[record].score < score) byRecord[record] = { score: score, section: section.charCodeAt(0) - 65 };
        });
      });
    });
    index.docs.forEach(function (doc, record) {
      adr.words(doc[2]).forEach(function (word) {
        if (word.indexOf(prefix) !== 0) return;
        byRecord[record] = { score: word === prefix ? 20 : 12, section: 0 };
      });
    });
    return byRecord;
  }
  // Whether the query is the number or the id of a record: 42, ADR-42, ARCH-7.
  function isIdOf(query, id) {
    var asked = query.match(/^\s*(?:adr)?(.*?)[-\s#]*0*(\d+)\s*$/i);
    var known = id.match(/^(?:adr)?(.*?)[-\s#]*0*(\d+)$/i);
    return asked && known && asked[2] === known[2] && (!asked[1] || asked[1].toLowerCase() === known[1].toLowerCase());
  }
  function search(query) {
    var byRecord = {};
    adr.words(query).forEach(function (word) {
      var found = matches(word);
      Object.keys(found).forEach(function (record) {
        var result = byRecord[record] || (byRecord[record] = { doc: index.docs[record], words: 0, score: 0, section: 0 });
        result.words += 1;
        result.score += found[record].score;
        result.section = result.section || found[record].section;
      });
    });
    index.docs.forEach(function (doc, record) {
      if (isIdOf(query, doc[1])) byRecord[record] = { doc: doc, words: 99, score: 1000, section: 0 };
    });
    // A decision in force gets a bonus; of equal results, the one with the higher number is first.
    return Object.keys(byRecord).map(function (record) { return byRecord[record]; }).sort(function (a, b) {
      return b.words - a.words || (b.score + 3 * b.doc[5]) - (a.score + 3 * a.doc[5]) ||
        (a.doc[0] < b.doc[0] ? 1 : -1);
    });
  }

  // The number of results, and the results as a list of links, in steps.
  var STEP = 30;
  var panel = adr.panel;
  var input = panel.querySelector('[type=search]');
  var status = panel.querySelector('[role=status]');
  var list = panel.querySelector('ol');
  var more = panel.querySelector('.more');
  var results = [];
  var shown = 0;
  function element(name, className, text) {
    var created = document.createElement(name);
    if (className) created.className = className;
    created.textContent = text;
    return created;
  }
  function listItem(result, query) {
    var doc = result.doc;
    var item = document.createElement('li');
    var link = element('a', '', '');
    if (result.words === 99) item.className = 'named';
    link.href = adr.root + 'decisions/' + doc[0] + '.html?h=' + encodeURIComponent(query);
    if (doc[1]) link.append(element('span', 'number', doc[1]), ' ');
    link.append(doc[2]);
    item.append(link, ' ', element('span', 'status listed ' + doc[3], doc[4]));
    var section = doc[7][result.section];
    if (section && section !== doc[2]) item.append(' ', element('span', 'section', section));
    if (doc[6]) item.append(element('p', '', doc[6]));
    return item;
  }
  function showMore(query) {
    results.slice(shown, shown + STEP).forEach(function (result) { list.append(listItem(result, query)); });
    shown = Math.min(shown + STEP, results.length);
    var texts = status.dataset.count.split('|');
    var text = shown < results.length ? status.dataset.first : texts[results.length === 1 ? 0 : 1];
    status.textContent = text.replace('{m}', shown).replace('{n}', results.length);
    more.hidden = shown === results.length;
  }
  adr.show = function () {
    var query = input.value.trim();
    list.textContent = '';
    status.textContent = '';
    more.hidden = true;
    if (!query || !index) return;
    loadParts(adr.words(query), function () {
      if (query !== input.value.trim()) return;
      results = search(query);
      shown = 0;
      list.textContent = '';
      showMore(query);
    });
  };
  input.addEventListener('input', adr.show);
  more.addEventListener('click', function () {
    var next = shown;
    showMore(input.value.trim());
    list.children[next].querySelector('a').focus();
  });
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
})();
