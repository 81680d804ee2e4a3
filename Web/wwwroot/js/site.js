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

showAndHidePasswords();
gaugePasswords();
submitOnce();
focusErrorSummary();
