// Loads the page anew when the site behind it has changed. Only `adr serve` puts it into pages.
(function () {
  'use strict';
  var version = document.currentScript.dataset.version;
  var asked = null;
  // The answer comes when there is something to say. A page that nobody sees does not ask: a
  // browser holds only a few connections to one host, and other tabs need them.
  function ask() {
    if (asked || document.hidden) return;
    var own = asked = new AbortController();
    fetch('/-/changed?' + version, { cache: 'no-store', signal: own.signal }).then(function (answer) {
      asked = null;
      // The browser keeps the place where the reader is.
      if (answer.status === 200) location.reload(); else ask();
    }).catch(function () {
      if (asked === own) asked = null;
      // The server is gone, or will be back.
      setTimeout(ask, 500);
    });
  }
  document.addEventListener('visibilitychange', function () {
    if (!document.hidden) { ask(); return; }
    if (asked) asked.abort();
    asked = null;
  });
  ask();
})();
