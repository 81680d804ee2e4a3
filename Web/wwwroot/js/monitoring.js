// Comfort only: without it the link "Actualiser" does the same.

const told = document.querySelector("[data-refresh]");
const every = Number(told.dataset.refresh) * 1000;
const patience = 8000;
const shown = new Map([...document.querySelectorAll("[data-live]")].map(part => [part.id, part.innerHTML]));
const note = document.createElement("span");
told.append(" ", note);

let timer;

// What is open stays open, and what has the focus keeps it.
function swap(part, html) {
  const open = [...part.querySelectorAll("details[open]")].map(details => details.id);
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.innerHTML = html;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function refresh() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    // The header says that nobody is at work: such a request does not prolong the session.
    const answer = await fetch(location.href, { headers: { "Msa-Refresh": "1" }, credentials: "same-origin", signal: AbortSignal.timeout(patience) });
    if (answer.redirected || answer.status === 404) {
      location.reload(); // the session is over: the server says where to go on
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const html = page.getElementById(part.id).innerHTML;
      if (shown.get(part.id) === html) continue;
      shown.set(part.id, html);
      swap(part, html);
    }
    note.textContent = "La page s'actualise seule.";
  } catch {
    note.textContent = "La dernière actualisation a échoué\u00A0: nouvel essai dans un instant.";
  }
  timer = setTimeout(refresh, every);
}

document.addEventListener("visibilitychange", refresh);
note.textContent = "La page s'actualise seule.";
timer = setTimeout(refresh, every);
