// Sets the theme chosen earlier before anything is painted. Without a choice, or where storage is
// refused, the style sheet follows the system.
try {
  const theme = localStorage.getItem("churn-lab-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A sandboxed frame refuses storage.
}
