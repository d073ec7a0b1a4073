// Not a module, so that it runs before anything is painted.
{
  const saved = window.localStorage.getItem('theme');
  if (saved !== null) document.documentElement.dataset.theme = saved;
}
