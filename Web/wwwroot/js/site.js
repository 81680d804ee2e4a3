// Comfort only: every page works without this file.

const onceMilliseconds = 5000;

function focusErrorSummary() {
  document.querySelector("[data-focus]")?.focus();
}

// The text of the button changes with its state, so it bears no aria-pressed: "Masquer, enfoncé" would say the contrary of what is.
function showAndHidePasswords() {
  for (const frame of document.querySelectorAll("[data-password]")) {
    const input = frame.querySelector("input");
    const button = document.createElement("button");
    const text = document.createElement("span");
    const what = document.createElement("span");
    const status = document.createElement("span");
    what.className = status.className = "visually-hidden";
    what.textContent = " le mot de passe";
    status.setAttribute("role", "status");
    button.type = "button";
    button.className = "reveal";
    button.setAttribute("aria-controls", input.id);
    button.append(text, what);

    const show = shown => {
      input.type = shown ? "text" : "password";
      text.textContent = shown ? "Masquer" : "Afficher";
    };
    button.addEventListener("click", () => {
      show(input.type === "password");
      status.textContent = input.type === "text" ? "Le mot de passe est affiché." : "Le mot de passe est masqué.";
    });
    // Browsers remember what is in a text field: a password leaves the page as a password.
    input.form?.addEventListener("submit", () => show(false));
    input.autocapitalize = "none";
    input.spellcheck = false;
    show(false);
    frame.append(button, status);
  }
}

function bits(password) {
  const characters = [...password];
  const alphabets = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^a-zA-Z0-9]/, 37]];
  const alphabet = alphabets.reduce((sum, [pattern, size]) => sum + (pattern.test(password) ? size : 0), 0);
  const steps = characters.slice(1).map((character, i) => character.codePointAt(0) - characters[i].codePointAt(0));
  const isRun = steps.length > 0 && Math.abs(steps[0]) <= 1 && steps.every(step => step === steps[0]);
  return alphabet === 0 ? 0 : characters.length * Math.log2(alphabet) / (isRun ? 2 : 1);
}

function gaugePasswords() {
  for (const gauge of document.querySelectorAll("[data-password-gauge]")) {
    const input = document.getElementById(gauge.dataset.passwordGauge);
    if (!input) continue;
    const bar = document.createElement("span");
    const text = document.createElement("span");
    bar.className = "gauge-bar";
    bar.setAttribute("aria-hidden", "true");
    bar.append(...[1, 2, 3].map(() => document.createElement("span")));
    text.className = "gauge-text";
    text.setAttribute("aria-live", "polite");
    gauge.classList.add("gauge");
    gauge.append(bar, text);

    let announcement;
    const measure = () => {
      const strength = bits(input.value);
      const level = input.value === "" ? "" : strength < 50 ? "faible" : strength < 80 ? "moyen" : "fort";
      gauge.dataset.level = level;
      // A screen reader would otherwise speak at every key.
      clearTimeout(announcement);
      announcement = setTimeout(() => {
        text.textContent = level === "" ? "" : `Sécurité du mot de passe\u00A0: ${level}`;
      }, 400);
    };
    input.addEventListener("input", measure);
    measure();
  }
}

// aria-disabled and not disabled: a disabled button would not send its name and value.
function submitOnce() {
  for (const form of document.querySelectorAll("form[method=post]")) {
    const free = () => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-disabled]").forEach(button => button.removeAttribute("aria-disabled"));
    };
    form.addEventListener("submit", event => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "true";
      event.submitter?.setAttribute("aria-disabled", "true");
      setTimeout(free, onceMilliseconds);
    });
    // Back to a page that the browser kept as it was.
    window.addEventListener("pageshow", free);
  }
}

// Two minutes of notice, or half the limit where that is shorter. A form that is being filled in stays as it is.
const noticeSeconds = 120;

function warnBeforeSessionEnds() {
  const prolongation = document.body.dataset.sessionProlong;
  const lastUse = `msa-derniere-utilisation${prolongation}`; // when, and nothing else: other tabs of this browser keep the same session alive
  const idle = Number(document.body.dataset.sessionIdle);
  const ends = Number(document.body.dataset.sessionEnds) * 1000;
  if (!idle) return;
  const notice = Math.min(noticeSeconds, idle / 2) * 1000;
  const dialog = document.createElement("dialog");
  const heading = document.createElement("h2");
  const text = document.createElement("p");
  const actions = document.createElement("p");
  const stay = document.createElement("button");
  const later = document.createElement("button");
  dialog.className = "session-warning";
  dialog.setAttribute("aria-labelledby", "session-warning-title");
  heading.id = "session-warning-title";
  heading.textContent = "Êtes-vous toujours là\u00A0?";
  actions.className = "actions";
  stay.type = later.type = "button";
  stay.className = "button";
  stay.textContent = "Rester connecté";
  later.className = "button button-secondary";
  later.textContent = "J'ai compris";
  actions.append(stay, later);
  dialog.append(heading, text, actions);
  document.body.append(dialog);

  const used = () => Number(localStorage.getItem(lastUse)) || 0;
  const use = () => localStorage.setItem(lastUse, String(Date.now()));
  const idleEnd = () => used() + idle * 1000;
  let toldOfTheEnd = false;

  const show = (sentence, canStay) => {
    text.textContent = sentence;
    stay.hidden = !canStay;
    later.hidden = canStay;
    if (!dialog.open) dialog.showModal();
  };
  const look = () => {
    const now = Date.now();
    const left = Math.min(idleEnd(), ends) - now;
    if (left <= 0) {
      location.reload(); // the server says where to go on, and leads back here after signing in
      return;
    }
    if (left > notice) {
      if (dialog.open && !stay.hidden) dialog.close(); // answered in another tab
      return;
    }
    const minutes = Math.max(1, Math.round(left / 60000));
    const when = minutes === 1 ? "dans une minute" : `dans ${minutes} minutes`;
    if (ends > idleEnd()) {
      show(`Sans réponse de votre part, votre session se fermera ${when}, et ce que vous êtes en train d'écrire serait perdu.`, true);
    } else if (!toldOfTheEnd) {
      toldOfTheEnd = true;
      show(`Votre session a atteint sa durée maximale\u00A0: elle se fermera ${when}. Enregistrez ce que vous êtes en train d'écrire.`, false);
    }
  };
  const prolong = async () => {
    try {
      const answer = await fetch(prolongation, { method: "POST", credentials: "same-origin" });
      if (answer.status === 401) {
        location.reload();
        return;
      }
      if (answer.ok) use();
    } catch {
      return; // the network is away: the warning stays, and can be answered again
    }
    dialog.close();
  };
  stay.addEventListener("click", prolong);
  later.addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", event => {
    event.preventDefault(); // Escape says that somebody is there
    if (stay.hidden) dialog.close(); else prolong();
  });
  use();
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
}

// In the waiting room: the place is kept up to date, and the page that was asked for opens when it is his turn. A network that is away is waited for.
function followLine() {
  const main = document.querySelector("main[data-waiting-room]");
  if (!main) return;
  const again = () => setTimeout(ask, Number(main.dataset.waitingRoom) * 1000);
  const ask = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("main[data-waiting-room]");
      if (answer.ok && !now) {
        location.reload();
        return;
      }
      if (now) {
        document.title = page.title;
        main.dataset.waitingRoom = now.dataset.waitingRoom;
        main.querySelector("[role=status]").replaceChildren(...now.querySelector("[role=status]").children);
      }
    } catch {
      // asked again like any other time
    }
    again();
  };
  again();
}

// Without a reload, which would cost what was typed. The server alone writes the cookie; pages that the browser kept look at it when they are shown again.
function resizeText() {
  const form = document.querySelector("[data-text-sizes]");
  if (!form) return;
  const root = document.documentElement;
  const sizes = form.dataset.textSizes.split(" ");
  const [larger, smaller] = form.querySelectorAll("button");
  let asking;
  const shown = () => sizes.findLast(size => root.classList.contains(`text-${size}`)) ?? sizes[0];
  const remembered = () => document.cookie.match(`${form.dataset.cookie}=(\\d+)`)?.[1];

  const show = size => {
    const at = sizes.indexOf(size);
    if (at < 0) return;
    root.classList.remove(...sizes.map(other => `text-${other}`));
    if (at > 0) root.classList.add(`text-${size}`);
    larger.value = sizes[Math.min(at + 1, sizes.length - 1)];
    smaller.value = sizes[Math.max(at - 1, 0)];
  };
  form.addEventListener("submit", event => {
    event.preventDefault();
    const size = event.submitter.value;
    const same = size === shown();
    show(size);
    form.parentElement.querySelector("[data-tools-status]").textContent = `Taille du texte\u00A0: ${size}\u00A0%${same ? ", c'est la limite" : ""}.`;
    asking?.abort(); // or the answer to an earlier press might come last, and be what is remembered
    asking = new AbortController();
    fetch(`${form.action}?Size=${size}`, { credentials: "same-origin", redirect: "manual", keepalive: true, signal: asking.signal }).catch(() => {}); // this page at least
  });
  window.addEventListener("pageshow", event => {
    if (event.persisted && remembered()) show(remembered());
  });
  form.hidden = false;
}

showAndHidePasswords();
gaugePasswords();
warnBeforeSessionEnds();
followLine();
submitOnce();
resizeText();
focusErrorSummary();
