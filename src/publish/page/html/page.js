(() => {
  // Past its last day nothing is shown as valid, whenever the page was made.
  const day = 24 * 60 * 60 * 1000;
  const look = () => {
    for (const one of document.querySelectorAll('[data-until]')) {
      if (Date.now() < Date.parse(one.dataset.until + 'T00:00:00Z') + day) continue;
      one.classList.add('ran-out');
      for (const words of one.querySelectorAll('.now')) words.toggleAttribute('hidden', true);
      for (const words of one.querySelectorAll('.gone')) words.toggleAttribute('hidden', false);
    }
  };
  look();
  setInterval(look, day / 24);
  document.addEventListener('visibilitychange', look);
})();
