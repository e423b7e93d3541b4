// Reloads the page when the site has changed. Only `adr serve` adds it to pages.
(function () {
  'use strict';
  var version = document.currentScript.dataset.version;
  var asked = null;
  // The server responds when the site has changed. A hidden page sends no request: a browser opens
  // only a few connections to one host, and other tabs need them.
  function ask() {
    if (asked || document.hidden) return;
    var own = asked = new AbortController();
    fetch('/-/changed?' + version, { cache: 'no-store', signal: own.signal }).then(function (answer) {
      asked = null;
      // The browser keeps the scroll position.
      if (answer.status === 200) location.reload(); else ask();
    }).catch(function () {
      if (asked === own) asked = null;
      // The server has stopped, or is restarting.
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
