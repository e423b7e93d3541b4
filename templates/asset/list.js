// The list of decisions: narrowed by fields and words, and those in force first; the address keeps all of
// it. Loaded when somebody reaches for it; see app.js.
(function () {
  'use strict';
  var find = function (selector) { return document.querySelector(selector); };
  var all = function (selector) { return Array.from(document.querySelectorAll(selector)); };
  var filter = find('.filter');
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
  // What was typed or ticked while this was on its way counts.
  var typed = field.value;
  var ticked = first.checked;
  read();
  if (typed || ticked) {
    if (typed) put('q', field.value = typed);
    if (ticked) put('first', 'in-force');
    first.checked = first.checked || ticked;
    keep('replaceState');
  }
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
  window.adr.list = true;
})();
