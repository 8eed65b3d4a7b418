// Sets the theme chosen earlier, and whether the guide stands beside the page, before anything is
// painted. Without a choice, or where storage is refused, the style sheet follows the system and the
// guide is there where it has room.
const root = document.documentElement;
let guide = null;
try {
  const theme = localStorage.getItem("churn-lab-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  guide = localStorage.getItem("churn-lab-guide");
} catch {
  // A sandboxed frame refuses storage.
}
root.dataset.guide = guide ?? (matchMedia("(min-width: 1440px)").matches ? "open" : "closed");
