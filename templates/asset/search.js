// The search. It is sent together with the index, when somebody first wants to search; see app.js.
(function () {
  'use strict';
  var adr = window.adr;

  // The index, in parts where it is large.
  var index = null;
  var parts = {};
  // Those who wait for a part that is on its way.
  var waiting = {};
  function load(path, then) {
    if (waiting[path]) { waiting[path].push(then); return; }
    waiting[path] = [then];
    adr.load(path, function () { waiting[path].forEach(function (one) { one(); }); });
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
    var needed = [];
    list.forEach(function (word) {
      partsOf(word).forEach(function (at) { if (!parts[at] && needed.indexOf(at) < 0) needed.push(at); });
    });
    var open = needed.length;
    if (!open) { then(); return; }
    needed.forEach(function (at) {
      load(index.files[at], function () { open -= 1; if (!open) then(); });
    });
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
      adr.words(doc[2]).forEach(function (own) {
        if (own.indexOf(word) !== 0) return;
        found[at] = { score: own === word ? 20 : 12, section: 0 };
      });
    });
    return found;
  }
  // Whether the query is the number or the id of a record: 42, ADR-42, ARCH-7.
  function names(query, id) {
    var wanted = query.match(/^\s*(?:adr)?(.*?)[-\s#]*0*(\d+)\s*$/i);
    var own = id.match(/^(?:adr)?(.*?)[-\s#]*0*(\d+)$/i);
    return wanted && own && wanted[2] === own[2] && (!wanted[1] || wanted[1].toLowerCase() === own[1].toLowerCase());
  }
  function search(query) {
    var list = adr.words(query);
    var seen = {};
    list.forEach(function (word) {
      var found = hits(word);
      Object.keys(found).forEach(function (doc) {
        var one = seen[doc] || (seen[doc] = { doc: index.docs[doc], words: 0, score: 0, section: 0 });
        one.words += 1;
        one.score += found[doc].score;
        one.section = one.section || found[doc].section;
      });
    });
    index.docs.forEach(function (doc, at) {
      if (names(query, doc[1])) seen[at] = { doc: doc, words: 99, score: 1000, section: 0 };
    });
    return Object.keys(seen).map(function (at) { return seen[at]; }).sort(function (a, b) {
      return b.words - a.words || (b.score + 3 * b.doc[5]) - (a.score + 3 * a.doc[5]) ||
        (a.doc[0] < b.doc[0] ? 1 : -1);
    });
  }

  // The number of results, and the results as a list of links; at first so many as one looks at.
  var STEP = 30;
  var panel = adr.panel;
  var input = panel.querySelector('[type=search]');
  var count = panel.querySelector('[role=status]');
  var list = panel.querySelector('ol');
  var more = panel.querySelector('.more');
  var found = [];
  var shown = 0;
  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }
  function result(one, query) {
    var doc = one.doc;
    var item = document.createElement('li');
    var link = element('a', '', '');
    if (one.words === 99) item.className = 'named';
    link.href = adr.root + 'decisions/' + doc[0] + '.html?h=' + encodeURIComponent(query);
    if (doc[1]) link.append(element('span', 'number', doc[1]), ' ');
    link.append(doc[2]);
    item.append(link, ' ', element('span', 'status listed ' + doc[3], doc[4]));
    var section = doc[7][one.section];
    if (section && section !== doc[2]) item.append(' ', element('span', 'section', section));
    if (doc[6]) item.append(element('p', '', doc[6]));
    return item;
  }
  function add(query) {
    found.slice(shown, shown + STEP).forEach(function (one) { list.append(result(one, query)); });
    shown = Math.min(shown + STEP, found.length);
    var texts = count.dataset.count.split('|');
    var text = shown < found.length ? count.dataset.first : texts[found.length === 1 ? 0 : 1];
    count.textContent = text.replace('{m}', shown).replace('{n}', found.length);
    more.hidden = shown === found.length;
  }
  adr.show = function () {
    var query = input.value.trim();
    list.textContent = '';
    count.textContent = '';
    more.hidden = true;
    if (!query || !index) return;
    var words = adr.words(query);
    ready(words, function () {
      if (query !== input.value.trim()) return;
      found = search(query);
      shown = 0;
      list.textContent = '';
      add(query);
    });
  };
  input.addEventListener('input', adr.show);
  more.addEventListener('click', function () {
    var next = shown;
    add(input.value.trim());
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
