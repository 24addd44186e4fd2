document.documentElement.lang='CODE';
(() => {
  const known = new Map(KNOWN), begins = BEGINS;
  const told = (old) => {
    const start = begins.find(([one]) => old.startsWith(one));
    return known.get(old) ?? (start ? start[1] + old.slice(start[0].length) : old);
  };
  const tell = () => {
    for (const link of document.querySelectorAll('[data-testid=stSkipToContent]'))
      if (link.textContent !== 'SKIP') link.textContent='SKIP';
    for (const name of ['aria-label', 'placeholder'])
      for (const one of document.querySelectorAll(`[${name}]`)) {
        const old = one.getAttribute(name), made = told(old);
        if (made !== old) one.setAttribute(name, made);
      }
  };
  let due = 0;
  const soon = () => { due = due || requestAnimationFrame(() => { due = 0; tell(); }); };
  window.frameworkWords?.disconnect();
  window.frameworkWords = new MutationObserver(soon);
  window.frameworkWords.observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ['aria-label', 'placeholder'],
  });
  tell();
  if (window.menuFolds) return;
  window.menuFolds = true;
  document.addEventListener('click', (event) => {
    if (window.innerWidth > 768 || !event.target.closest('[data-testid=stSidebarNavLink]')) return;
    setTimeout(() => document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click());
  });
})();
