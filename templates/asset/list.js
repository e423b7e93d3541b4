// The list of decisions: filters by fields and words, and decisions in force first. The address contains the filters.
// app.js loads this script when they are first used.
(function () {
  'use strict';
  var find = function (selector) { return document.querySelector(selector); };
  var findAll = function (selector) { return Array.from(document.querySelectorAll(selector)); };
  var filter = find('.filter');
  var input = filter.querySelector('[type=search]');
  var inForceFirst = filter.querySelector('[type=checkbox]');
  var status = find('.facets [role=status]');
  var reset = find('.facets p a');
  var nothing = find('.nothing');
  var years = findAll('.year');
  var fields = ['status', 'tag', 'person', 'year'];
  var state;
  var rows = findAll('.ledger > li').map(function (element) {
    var text = function (selector) { var part = element.querySelector(selector); return part ? part.textContent.toLowerCase() : ''; };
    var values = [[text('.status')], text('small b').split(' · '), text('small i').split(' · '), [text('time').slice(0, 4)]];
    return { element: element, parent: element.parentNode, inForce: !!element.querySelector('.holds'), values: values, text: element.textContent.toLowerCase() };
  });
  var links = findAll('[data-by] a').map(function (element) {
    var group = element.closest('[data-by]');
    return { element: element, field: fields.indexOf(group.dataset.by), count: element.querySelector('.count'),
      value: group.querySelector('a') === element ? '' : element.firstChild.textContent.trim() };
  }).filter(function (link) { return link.count; });
  // One list above the years: the decisions in force, then all others, both in the same order as before.
  var orderedList = document.createElement('ul');
  orderedList.className = 'ledger';
  var applyOrder = function () {
    if (inForceFirst.checked === !!orderedList.parentNode) return;
    if (inForceFirst.checked) years[0].before(orderedList); else orderedList.remove();
    [true, false].forEach(function (inForce) {
      rows.forEach(function (row) {
        if (row.inForce === inForce || !inForceFirst.checked) (inForceFirst.checked ? orderedList : row.parent).append(row.element);
      });
    });
  };
  var apply = function () {
    var chosen = fields.map(function (name) { return (state.get(name) || '').toLowerCase(); });
    var words = (state.get('q') || '').toLowerCase().split(/\s+/).filter(Boolean);
    var visible = 0;
    // For each value of a field, the number of rows that the list would have with it: those that no other filter hides.
    var counts = fields.map(function () { return {}; });
    rows.forEach(function (row) {
      var failed = fields.map(function (name, index) { return index; }).filter(function (index) {
        return chosen[index] && row.values[index].indexOf(chosen[index]) < 0;
      });
      var hasWords = words.every(function (word) { return row.text.indexOf(word) >= 0; });
      row.element.hidden = !hasWords || failed.length > 0;
      visible += !row.element.hidden;
      if (hasWords) counts.forEach(function (fieldCounts, index) {
        if (failed.length > 1 || failed.length && failed[0] !== index) return;
        fieldCounts[''] = (fieldCounts[''] || 0) + 1;
        row.values[index].forEach(function (value) { if (value) fieldCounts[value] = (fieldCounts[value] || 0) + 1; });
      });
    });
    links.forEach(function (link) {
      var value = link.value.toLowerCase();
      link.count.textContent = counts[link.field][value] || 0;
      if (value === chosen[link.field]) link.element.setAttribute('aria-current', 'true'); else link.element.removeAttribute('aria-current');
    });
    findAll('.facets details').forEach(function (details) {
      var name = details.querySelector('[data-by]').dataset.by;
      details.querySelector('b').textContent = state.get(name) ? ': ' + state.get(name) : '';
    });
    years.forEach(function (year) {
      year.hidden = !year.querySelector('.ledger > li:not([hidden])');
    });
    var isFiltered = words.length > 0 || chosen.some(Boolean);
    var texts = status.dataset.count.split('|');
    status.textContent = isFiltered ? (visible === 1 ? texts[0] : texts[1]).replace('{n}', visible) : '';
    reset.hidden = !isFiltered;
    nothing.hidden = visible > 0;
    nothing.querySelector('a').search = words.length ? '?q=' + encodeURIComponent(state.get('q')) : '';
    applyOrder();
  };
  var readAddress = function () {
    state = new URLSearchParams(location.search);
    input.value = state.get('q') || '';
    inForceFirst.checked = state.get('first') === 'in-force';
    apply();
  };
  var writeAddress = function (method) {
    var query = String(state);
    try { history[method](null, '', query ? '?' + query : location.pathname); } catch (error) { /* opened from a disk */ }
    apply();
  };
  var setFilter = function (name, value) {
    if (value) state.set(name, value); else state.delete(name);
  };
  // Keeps what the reader entered while this script was loading.
  var typedText = input.value;
  var wasChecked = inForceFirst.checked;
  readAddress();
  if (typedText || wasChecked) {
    if (typedText) setFilter('q', input.value = typedText);
    if (wasChecked) setFilter('first', 'in-force');
    inForceFirst.checked = inForceFirst.checked || wasChecked;
    writeAddress('replaceState');
  }
  addEventListener('popstate', readAddress);
  input.addEventListener('input', function () { setFilter('q', input.value); writeAddress('replaceState'); });
  inForceFirst.addEventListener('change', function () { setFilter('first', inForceFirst.checked && 'in-force'); writeAddress('pushState'); });
  reset.addEventListener('click', function (event) {
    event.preventDefault();
    fields.concat('q').forEach(function (name) { state.delete(name); });
    input.value = '';
    writeAddress('pushState');
    input.focus();
  });
  links.forEach(function (link) {
    link.element.addEventListener('click', function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      var name = fields[link.field];
      setFilter(name, link.value !== state.get(name) && link.value);
      var details = link.element.closest('details');
      if (details) { details.open = false; details.querySelector('summary').focus(); }
      writeAddress('pushState');
    });
  });
  window.adr.list = true;
})();
