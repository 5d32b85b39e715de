// The page's labels. The bot renders the texts of the chat.

const WORDS = {
  da: {
    skip: "Gå til skrivefeltet",
    place: "Klintsund Kommune · demo",
    placeShort: "Alt her er opdigtet",
    panel: "Personer og tid",
    panelAlone: "Personer",
    panelLabel: "Om demoen",
    about1: "Her skriver borgere med deres kommune. En robot svarer, og mennesker tager over.",
    about2: "Vælg en borger. Skriv frit, som i Telegram, eller tryk på knapperne.",
    about3: "Spol tiden frem, og se svar og påmindelser komme.",
    people: "Hvem er du?",
    newTab: "Åbn {name} i en ny fane",
    clock: "Tiden i Klintsund",
    moves: "Gå frem",
    hour: "En time",
    tomorrow: "Til i morgen kl. 9",
    week: "En uge",
    moving: "Tiden går …",
    moved: "Nu er det {time}.",
    notMoved: "Tiden kunne ikke flyttes. Prøv igen.",
    console: "Personalets konsol (ny fane)",
    poster: "En plakat med QR-kode (ny fane)",
    note: "By, mennesker og svar er opdigtede. Alt bliver på denne maskine; kun links med ↗ fører ud.",
    language: "Sidens sprog",
    robot: "robot",
    typing: "skriver …",
    youAre: "du er {name}",
    more: "Mere om chatten",
    log: "Samtale",
    newest: "Gå til det nyeste",
    emptyTitle: "Her er endnu ingen beskeder",
    start: "Start",
    followed: "Du er kommet hertil fra et link. Tryk på Start for at åbne det.",
    blocked: "Du har blokeret robotten. Den kan ikke skrive til dig.",
    block: "Blokér robotten",
    unblock: "Ophæv blokeringen",
    again: "Begynd forfra med /start",
    edit: "Ret min seneste besked",
    editing: "Ret:",
    editingStop: "Ret alligevel ikke",
    reply: "Svar på beskeden",
    replying: "Svar på:",
    replyingStop: "Svar alligevel ikke",
    commands: "Kommandoer",
    noCommands: "Der er ingen kommandoer endnu",
    write: "Skriv en besked",
    keys: "Enter sender. Skift og Enter giver en ny linje. Pil op retter din seneste besked.",
    attach: "Vedhæft",
    send: "Send",
    save: "Gem rettelsen",
    today: "I dag",
    yesterday: "I går",
    edited: "rettet",
    you: "Dig",
    choices: "Knapper",
    below: "Knapper under chatten",
    download: "Hent filen",
    tooLarge: "Der kan højst sendes 10 filer, højst 10 MB hver og 40 MB i alt.",
    outside: "åbner i en ny fane",
    away: "Forbindelsen er væk. Jeg prøver igen …",
    notSent: "Det blev ikke sendt. Din tekst er her stadig; prøv igen.",
    notDone: "Det gik ikke. Prøv igen.",
    photo: "Foto",
    location: "Sted",
    contact: "Mit telefonnummer",
    voice: "Talebesked",
    sticker: "Klistermærke",
    document: "Fil",
    poll: "Afstemning",
    dice: "Terning",
    other: "Vedhæftet",
  },
  en: {
    skip: "Go to the message field",
    place: "Klintsund municipality · demo",
    placeShort: "All is invented here",
    panel: "People and time",
    panelAlone: "People",
    panelLabel: "About the demo",
    about1: "Here citizens write with their municipality. A robot answers, and people take over.",
    about2: "Choose a citizen. Write freely, as in Telegram, or press the buttons.",
    about3: "Move time forward, and see answers and reminders arrive.",
    people: "Who are you?",
    newTab: "Open {name} in a new tab",
    clock: "The time in Klintsund",
    moves: "Move on",
    hour: "An hour",
    tomorrow: "To tomorrow at 9",
    week: "A week",
    moving: "Time is passing …",
    moved: "It is now {time}.",
    notMoved: "Time could not be moved. Try again.",
    console: "The staff's console (new tab)",
    poster: "A poster with a QR code (new tab)",
    note: "Town, people and answers are invented. All of it stays on this machine; only links with ↗ lead out.",
    language: "Language of the page",
    robot: "robot",
    typing: "is typing …",
    youAre: "you are {name}",
    more: "More about the chat",
    log: "Conversation",
    newest: "Go to the newest",
    emptyTitle: "There are no messages here yet",
    start: "Start",
    followed: "You came here by a link. Press Start to open it.",
    blocked: "You have blocked the robot. It cannot write to you.",
    block: "Block the robot",
    unblock: "Unblock it",
    again: "Begin again with /start",
    edit: "Edit my last message",
    editing: "Edit:",
    editingStop: "Stop editing",
    reply: "Reply to the message",
    replying: "Reply to:",
    replyingStop: "Do not reply",
    commands: "Commands",
    noCommands: "There are no commands yet",
    write: "Write a message",
    keys: "Enter sends. Shift and Enter makes a new line. Arrow up edits your last message.",
    attach: "Attach",
    send: "Send",
    save: "Save the change",
    today: "Today",
    yesterday: "Yesterday",
    edited: "edited",
    you: "You",
    choices: "Buttons",
    below: "Buttons below the chat",
    download: "Download the file",
    tooLarge: "At most 10 files can be sent, at most 10 MB each and 40 MB together.",
    outside: "opens in a new tab",
    away: "The connection is lost. Trying again …",
    notSent: "It was not sent. Your text is still here; try again.",
    notDone: "That did not work. Try again.",
    photo: "Photo",
    location: "Place",
    contact: "My phone number",
    voice: "Voice message",
    sticker: "Sticker",
    document: "File",
    poll: "Poll",
    dice: "Dice",
    other: "Attachment",
  },
};

const KEPT = "brobygger.language";
const ZONE = "Europe/Copenhagen";
let language = "da";

export function readLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  let kept = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // no storage: show the page anyway
  }
  const known = [asked, kept].find((each) => Object.hasOwn(WORDS, each ?? ""));
  if (known) setLanguage(known);
}

export function setLanguage(code) {
  language = code;
  const here = new URL(location.href);
  here.searchParams.delete("lang"); // the stored choice replaces the parameter
  history.replaceState(null, "", here);
  try {
    localStorage.setItem(KEPT, code);
  } catch {
    // no storage: the choice is not kept
  }
}

export const currentLanguage = () => language;

export function word(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const kindWord = (kind) => word(kind in WORDS.da ? kind : "other");

export function labelPage() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-word]")) {
    node.textContent = word(node.dataset.word);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", word(node.dataset.label));
    if (node.matches("button")) node.title = word(node.dataset.label);
  }
  for (const node of document.querySelectorAll("[data-placeholder]")) {
    node.placeholder = word(node.dataset.placeholder);
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}

// Danish times have a dot, as in the bot's messages: 12.04.
export function showTime(date) {
  const shown = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
  const time = shown.format(date);
  return language === "da" ? time.replace(":", ".") : time;
}

const number = (value, digits) =>
  new Intl.NumberFormat(language === "da" ? "da-DK" : "en-GB", { maximumFractionDigits: digits }).format(value);

export const showDegrees = ({ latitude, longitude }) => `${number(latitude, 5)} · ${number(longitude, 5)}`;

export function showSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${number(bytes / 1024, 0)} kB` : `${number(bytes / 1024 / 1024, 1)} MB`;
}

export const dayKey = (date) => new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(date);

export function showDay(date, now) {
  const locale = language === "da" ? "da-DK" : "en-GB";
  const shown = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: ZONE });
  const day = 86_400_000;
  const near = { [dayKey(now)]: "today", [dayKey(new Date(now - day))]: "yesterday" }[dayKey(date)];
  const long = shown.format(date);
  return near ? `${word(near)} · ${long}` : long[0].toUpperCase() + long.slice(1);
}

export function showShortly(date) {
  const locale = language === "da" ? "da-DK" : "en-GB";
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: ZONE }).format(date);
  return `${weekday} ${showTime(date)}`;
}
