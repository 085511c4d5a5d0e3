
// Keeps the page current. Only what differs is touched, so that focus, selection and scroll position stay.
const period = 5000;
const live = document.getElementById("live");
const pause = document.getElementById("pause");
const paused = () => pause.getAttribute("aria-pressed") === "true";

function morph(from, to) {
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  const before = [...from.childNodes];
  const after = [...to.childNodes];
  after.forEach((node, i) => {
    const old = before[i];
    if (!old) from.append(node);
    else if (old.nodeName !== node.nodeName || old.id !== node.id) old.replaceWith(node);
    else if (node.nodeType !== Node.ELEMENT_NODE) old.data === node.data || (old.data = node.data);
    else morph(old, node);
  });
  before.slice(after.length).forEach((node) => node.remove());
}

function say(words) {
  document.body.classList.toggle("stale", words !== "");
  if (live.textContent !== words) live.textContent = words;
}

async function update() {
  if (paused() || document.hidden) return;
  try {
    const answer = await fetch(location.pathname, { cache: "no-store", signal: AbortSignal.timeout(period) });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (paused()) return;
    document.title = page.title;
    for (const part of ["h1", "#updated", "main"]) morph(document.querySelector(part), page.querySelector(part));
    say("");
  } catch {
    say(`The proxy does not answer. This is how it was at ${document.getElementById("updated").textContent}.`);
  }
}

pause.hidden = false;
pause.addEventListener("click", () => {
  pause.setAttribute("aria-pressed", String(!paused()));
  update();
});
document.addEventListener("visibilitychange", update);
setInterval(update, period);
