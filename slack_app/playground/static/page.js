// Brings the playground's page to life: fetches keyed pieces of HTML, redraws only what changed, and turns clicks into gestures.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const me = document.body.dataset.user;
const modal = $("#modal");
const look = { channel: document.body.dataset.place, thread: "" };
const GONE = "The playground doesn’t answer. Is it still running?";
const unsent = new Map(); // input id -> what was typed and is not yet known to the server
const queued = new Map(); // input id -> what is on its way
const choosing = new Map(); // id of a group of boxes -> its newest choice that is on its way
let fills = Promise.resolve();
let refreshing = null;
let again = false;
let shownView = null;
let before = null; // what had the focus before the dialog opened

// Talking to the playground

async function gesture(name, args = {}) {
  const asked = fetch(`/control/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Palabre-Playground": "page" },
    body: JSON.stringify({ user: me, ...args }),
  });
  const answer = await asked.catch(() => null);
  if (!answer) return tell(GONE), { ok: false };
  const said = await answer.json().catch(() => ({}));
  await refresh();
  tell(said.shown || said.error || (answer.ok ? "" : "The playground could not do that."));
  return said;
}

// Says what went wrong, unless the page says so already (Slackbot's message, a form's own trouble, beside a field).
function tell(sentence) {
  const said = $$(".only-me, .trouble:not(.told), .error").some((place) => place.textContent.includes(sentence));
  for (const place of $$("#notice, #told")) place.textContent = "";
  if (sentence && !said) ($("#told") || $("#notice")).textContent = sentence;
}

// Redrawing by key

async function refresh() {
  if (refreshing) {
    again = true;
    return refreshing;
  }
  refreshing = (async () => {
    do {
      again = false;
      const state = (await fetchState(newest())) || {};
      if (state.nodes) draw(state);
    } while (again);
  })();
  try {
    await refreshing;
  } finally {
    refreshing = null;
  }
}

// The newest happening on the page: what happened never changes, so it is fetched once.
const newest = () => parseInt($("#happening-list > li")?.dataset.key || "0", 10);

async function fetchState(known) {
  const address = new URLSearchParams({ as: me, channel: look.channel, thread: look.thread, known });
  const answer = await fetch(`/page/state?${address}`);
  if (!answer.ok) return null;
  const state = await answer.json();
  const here = new Set($$("#happening-list > li").map((item) => item.dataset.key));
  const lost = known && state.nodes.some((node) => !node.html && !here.has(node.key));
  return lost ? fetchState(0) : state;
}

function draw(state) {
  const log = $("#messages");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const focus = remember();
  document.title = state.title;
  const wanted = new Map($$("[data-slot]").map((slot) => [slot.dataset.slot, []]));
  for (const node of state.nodes) {
    if (!wanted.has(node.slot)) wanted.set(node.slot, []);
    wanted.get(node.slot).push(node);
  }
  for (const [name, nodes] of wanted) {
    const slot = $(`[data-slot="${CSS.escape(name)}"]`);
    if (slot) fill(slot, nodes);
  }
  $(".skip").hidden = !$("#composer-text");
  $("#thread").hidden = !$("#thread [data-slot=thread]").children.length;
  $("#frame").classList.toggle("threaded", !$("#thread").hidden);
  restore(focus);
  showDialog();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function fill(slot, nodes) {
  const have = new Map([...slot.children].map((child) => [child.dataset.key, child]));
  const keep = new Set(nodes.map((node) => node.key));
  for (const [key, child] of have) if (!keep.has(key)) child.remove();
  let at = slot.firstElementChild;
  for (const node of nodes) {
    let child = have.get(node.key);
    if (!child || (node.html && child.html !== node.html)) child = replace(slot, child, node, at);
    else if (child !== at) slot.insertBefore(child, at);
    at = child.nextElementSibling;
  }
}

function replace(slot, old, node, at) {
  const template = document.createElement("template");
  template.innerHTML = node.html.trim();
  const fresh = template.content.firstElementChild;
  fresh.dataset.key = node.key;
  fresh.html = node.html;
  if (!old) {
    slot.insertBefore(fresh, at);
    return fresh;
  }
  for (const inside of $$("[data-slot]", fresh)) {
    const was = $(`[data-slot="${CSS.escape(inside.dataset.slot)}"]`, old);
    if (was) inside.replaceChildren(...was.childNodes);
  }
  for (const details of $$("details[id]", old)) {
    const same = $(`#${CSS.escape(details.id)}`, fresh);
    if (same) same.open = details.open;
  }
  for (const box of $$("#new-talk input:checked", old)) {
    const same = $(`#${CSS.escape(box.id)}`, fresh);
    if (same) same.checked = true;
  }
  for (const box of $$("fieldset input", old)) {
    const same = choosing.has(box.closest("fieldset").id) && $(`#${CSS.escape(box.id)}`, fresh);
    if (same) same.checked = box.checked;
  }
  for (const found of $$(".external select, .external fieldset", old)) keepFound(found, $(`#${CSS.escape(found.id)}`, fresh));
  for (const search of $$(".suggest", old)) {
    const same = $(`#${CSS.escape(search.id)}`, fresh);
    if (same) same.value = search.value;
  }
  old.replaceWith(fresh);
  return fresh;
}

function keepFound(old, fresh) {
  if (!fresh) return;
  const have = new Set($$("option, input", fresh).map((one) => one.value));
  for (const one of $$("option, label", old)) {
    const value = one.matches("option") ? one.value : $("input", one).value;
    if (!have.has(value)) fresh.append(one);
  }
}

function remember() {
  const active = document.activeElement;
  if (!active || !active.id) return null;
  const kept = { id: active.id, element: active, alike: alike(active) };
  if (active.matches("input:not([type=checkbox]):not([type=radio]):not([type=file]), textarea")) {
    kept.value = active.value;
    try {
      kept.range = [active.selectionStart, active.selectionEnd];
    } catch {
      kept.range = null;
    }
  }
  return kept;
}

function restore(kept) {
  for (const [id, value] of unsent) {
    const field = document.getElementById(id);
    if (field && field !== kept?.element && field.value !== value) field.value = value;
  }
  if (!kept || document.activeElement === kept.element) return;
  const same = found(kept);
  if (!same) return;
  if (kept.value !== undefined && same.value !== kept.value) same.value = kept.value;
  same.focus({ preventScroll: true });
  if (kept.range && kept.range[0] !== null) same.setSelectionRange?.(...kept.range);
}

// A message or Home that is drawn anew has new block ids, and so has what was in it: the same button is known by what it does.
function found(kept) {
  const same = document.getElementById(kept.id);
  if (same || !kept.alike) return same;
  const others = $$("[data-action]").filter((other) => alike(other) === kept.alike);
  return others.length === 1 ? others[0] : null;
}

function alike(element) {
  const { surface, action, choice } = element.dataset;
  return action && [surface, action, choice, element.getAttribute("aria-label") || element.textContent].join("\n");
}

// Modals

function showDialog() {
  const view = $(".view", modal);
  if (!view) {
    if (modal.open) {
      modal.close();
      if (before) found(before)?.focus();
    }
    shownView = null;
    return;
  }
  if (!modal.open) {
    before = remember();
    $("#notice").textContent = "";
    modal.showModal();
  }
  if (view.dataset.view === shownView) return;
  shownView = view.dataset.view;
  const first = $("[data-focus]", view) || $(".view-blocks :is(input, select, textarea, summary)", view) || $("#view-submit", view);
  // Where there is nothing to fill in one begins to read at the top.
  if (first) first.focus();
  else $("#view-close", view).focus({ preventScroll: true });
}

modal.addEventListener("cancel", (event) => {
  event.preventDefault();
  closeView("one");
});

function closeView(how) {
  const view = $(".view", modal);
  if (view) gesture("close", { view_id: view.dataset.view, clear: how === "clear" });
}

async function submitView(view) {
  for (const field of $$(".view-blocks [data-does=fill]", view)) {
    if (unsent.has(field.id) && queued.get(field.id) !== field.value) keepChoice(field);
  }
  await fills;
  const id = view.dataset.view;
  await gesture("submit", { view_id: id });
  $(".view .wrong :is(input, select, textarea)", modal)?.focus();
}

// Answers to elements

// An option found by searching is sent whole, since only the app knows its list. "" empties a field.
const whole = (option) => (option.dataset.option ? JSON.parse(option.dataset.option) : option.value);

function choiceOf(field) {
  if (field.matches("fieldset")) {
    const chosen = $$("input:checked", field).map(whole);
    return field.dataset.many ? chosen : (chosen[0] ?? "");
  }
  if (field.matches("select")) return whole(field.selectedOptions[0]);
  if (field.type === "file") return [...field.files].map((file) => file.name);
  if (field.type === "datetime-local") return field.value ? epoch(field.value, field.dataset.zone) : "";
  return field.value;
}

// Epoch seconds of a wall-clock time in another zone: guess as if UTC, then correct by what that zone shows.
function epoch(local, zone) {
  const guess = Date.parse(`${local}Z`);
  const shown = (at) => Date.parse(`${new Date(at).toLocaleString("sv", { timeZone: zone }).replace(" ", "T")}Z`);
  const once = guess - (shown(guess) - guess);
  return (once - (shown(once) - guess)) / 1000;
}

function about(field) {
  const { surface, block, action } = field.dataset;
  return { surface, block_id: block, action_id: action };
}

function keepChoice(field) {
  const sent = choiceOf(field);
  const id = field.id;
  const typed = field.value;
  queued.set(id, typed);
  choosing.set(id, sent);
  fills = fills
    .then(() => gesture("fill", { ...about(field), choice: sent }))
    .then(() => {
      if (unsent.get(id) === typed) unsent.delete(id);
      if (queued.get(id) === typed) queued.delete(id);
      if (choosing.get(id) === sent) choosing.delete(id);
    })
    .catch(() => tell(GONE));
  return fills;
}

async function act(button) {
  const question = button.dataset.confirm;
  if (question && !(await confirmed(JSON.parse(question)))) return;
  button.setAttribute("aria-busy", "true");
  await fills;
  const args = { ...about(button), choice: button.dataset.choice ?? null };
  if (question) args.confirmed = true;
  if (button.dataset.url) window.open(button.dataset.url, "_blank", "noopener");
  $$(":popover-open").forEach((open) => open.hidePopover());
  await gesture("act", args);
  document.getElementById(button.id)?.removeAttribute("aria-busy");
}

function confirmed(question) {
  const box = $("#confirm");
  const back = document.activeElement?.id;
  $("#confirm-title").textContent = question.title || "Are you sure?";
  $("#confirm-text").textContent = question.text || "";
  $("#confirm-yes").textContent = question.confirm || "Yes";
  $("#confirm-no").textContent = question.deny || "Cancel";
  $("#confirm-yes").classList.toggle("danger", question.style === "danger");
  box.showModal();
  return new Promise((settle) => {
    decide = (isSure) => {
      box.close();
      document.getElementById(back)?.focus();
      settle(isSure);
    };
  });
}
// Settled at once: a "close" event comes later, when the next question may have been asked already.
let decide = () => {};
$("#confirm-yes").addEventListener("click", () => decide(true));
$("#confirm-no").addEventListener("click", () => decide(false));
$("#confirm").addEventListener("cancel", (event) => {
  event.preventDefault();
  decide(false);
});

let asking = 0;
async function suggest(search) {
  const field = document.getElementById(search.dataset.for);
  if (search.value.length < Number(search.dataset.least)) return;
  const turn = ++asking;
  await new Promise((go) => setTimeout(go, 200));
  if (turn !== asking) return;
  const said = await gesture("suggest", { ...about(field), query: search.value });
  if (turn !== asking) return;
  offer(document.getElementById(field.id), (said.result || []).flatMap((item) => item.options || [item]));
}

function offer(field, options) {
  if (field.matches("select")) {
    $$("option", field).forEach((option) => option.value && !option.selected && option.remove());
    const chosen = field.value;
    for (const option of options) {
      if (option.value === chosen) continue;
      const fresh = new Option(option.text?.text ?? option.text, option.value);
      fresh.dataset.option = JSON.stringify(option);
      field.add(fresh);
    }
    return;
  }
  $$("label", field).forEach((label) => $("input", label).checked || label.remove());
  options.forEach((option, number) => {
    const label = document.createElement("label");
    label.className = "choice";
    label.innerHTML = "<input type='checkbox'><span></span>";
    Object.assign($("input", label), { id: `${field.id}-found-${number}`, value: option.value });
    $("input", label).dataset.option = JSON.stringify(option);
    $("span", label).textContent = option.text?.text ?? option.text;
    field.append(label);
  });
}

// The composer

async function say(form, text) {
  const box = $("textarea", form);
  const args = { channel: form.dataset.channel, text };
  if (form.dataset.threadTs) args.thread_ts = form.dataset.threadTs;
  if (!text.trim()) return;
  box.value = "";
  grow(box);
  hideCommands(form);
  $("#messages").scrollTop = $("#messages").scrollHeight;
  const said = await gesture("say", args);
  if (said.ok === false && !box.value) box.value = text;
}

function grow(box) {
  box.rows = Math.min(8, box.value.split("\n").length);
}

function hideCommands(form) {
  const list = $(".commands", form);
  list.hidden = true;
  list.replaceChildren();
  $("textarea", form).removeAttribute("aria-activedescendant");
}

function showCommands(box) {
  const form = box.closest("form");
  hideCommands(form);
  if (!/^\/\S*$/.test(box.value)) return;
  const list = $(".commands", form);
  for (const known of JSON.parse(box.dataset.commands)) {
    if (!known.command.startsWith(box.value)) continue;
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.innerHTML = "<strong></strong> <span class='hint'></span>";
    item.dataset.command = known.command;
    item.id = `${list.id}-${list.children.length}`;
    item.setAttribute("aria-selected", "false");
    $("strong", item).textContent = known.command;
    $("span", item).textContent = [known.usage, known.says].filter(Boolean).join(" · ");
    list.append(item);
  }
  list.hidden = !list.children.length;
}

function composerKey(event) {
  const box = event.target;
  const list = $(".commands", box.closest("form"));
  const items = [...list.children];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.isComposing) return;
  if (!list.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    const next = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === next)));
    box.setAttribute("aria-activedescendant", items[next].id);
  } else if (!list.hidden && (event.key === "Tab" || event.key === "Enter") && at >= 0) {
    event.preventDefault();
    takeCommand(items[at]);
  } else if (event.key === "Escape") {
    hideCommands(box.closest("form"));
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    say(box.closest("form"), box.value);
  }
}

function takeCommand(item) {
  const form = item.closest("form");
  const box = $("textarea", form);
  box.value = `${item.dataset.command} `;
  hideCommands(form);
  box.focus();
}

// Getting about

async function go(place, thread = "", push = true) {
  look.channel = place;
  look.thread = thread;
  if (push) history.pushState({ ...look }, "", `/?${new URLSearchParams({ as: me, channel: place, ...(thread && { thread }) })}`);
  menu(false);
  tell("");
  await refresh();
  $("#messages").scrollTop = place === "home" ? 0 : $("#messages").scrollHeight;
  if (place === "home") await gesture("open_home", {});
}

function menu(open) {
  $("#sidebar").classList.toggle("open", open);
  $("#menu-button").setAttribute("aria-expanded", String(open));
}

addEventListener("popstate", (event) => go(event.state?.channel || document.body.dataset.place, event.state?.thread || "", false));

const CLICKS = [
  ["[data-go]", (link, event) => !event.ctrlKey && !event.metaKey && (event.preventDefault(), go(link.dataset.go))],
  ["[data-does=act]", (button) => act(button)],
  ["[data-thread]", (button) => go(look.channel, button.dataset.thread).then(() => $("#reply-text")?.focus())],
  ["#close-thread", () => go(look.channel)],
  ["[data-close]", (button) => closeView(button.dataset.close)],
  ["[data-chip]", (chip) => sayChip(chip)],
  ["[data-command]", (item) => takeCommand(item)],
  ["#menu-button", () => menu(!$("#sidebar").classList.contains("open"))],
  ["#reset", () => reset()],
  ["#begin-talk", () => beginTalk()],
  ["#uninstall", (button) => uninstall(button)],
  ["[data-gesture]", (button) => doGesture(button)],
];

function sayChip(chip) {
  const form = $(".composer-form", chip.closest(".composer"));
  $("textarea", form).value = chip.dataset.chip;
  say(form, chip.dataset.chip);
}

async function reset() {
  const sure = { title: "Start afresh?", text: "Messages, Homes and open forms are forgotten; the people stay.", confirm: "Start afresh" };
  if (await confirmed(sure)) await gesture("reset");
}

async function uninstall(button) {
  const sure = { title: button.textContent.replace("…", "?"), text: "Its buttons, commands and Home stop at once. What it keeps stays with it.", confirm: "Remove" };
  if (await confirmed(sure)) await gesture("uninstall");
}

async function beginTalk() {
  const others = $$("#new-talk input:checked").map((box) => box.value);
  if (!others.length) return tell("Choose whom to write to.");
  chooseOthers([]);
  const said = await (others.length > 1 ? gesture("open_talk", { others }) : gesture("open_dm", { other: others[0] }));
  if (said.ok) go(said.result);
  else chooseOthers(others);
}

function chooseOthers(others) {
  $("#new-talk").open = others.length > 0;
  $$("#new-talk input").forEach((box) => (box.checked = others.includes(box.value)));
}

function moveClock(by) {
  $("#move-clock").value = "";
  return by === "monday" ? gesture("move_to_monday") : gesture("move_clock", { seconds: Number(by) });
}

async function doGesture(button) {
  const { gesture: name, channel, callback, ts } = button.dataset;
  const args = Object.fromEntries(Object.entries({ channel, callback_id: callback, ts }).filter(([, value]) => value));
  const said = await gesture(name, args);
  if (name === "open_dm" && said.ok) go(said.result);
}

document.addEventListener("click", (event) => {
  for (const [selector, answer] of CLICKS) {
    const found = event.target.closest?.(selector);
    if (found) return void answer(found, event);
  }
});

// Pressing a suggested command must not take the focus from the composer, which would close the list.
document.addEventListener("mousedown", (event) => event.target.closest("[data-command]") && event.preventDefault());
document.addEventListener("focusout", (event) => event.target.matches(".composer textarea") && hideCommands(event.target.form));

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.matches(".view")) submitView(form);
  else say(form, $("textarea", form).value);
});

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.matches(".composer textarea")) return grow(field), showCommands(field);
  if (field.matches(".suggest")) return void suggest(field);
  if (field.matches("[data-does=fill]") && field.type !== "file") unsent.set(field.id, field.value);
});

document.addEventListener("change", (event) => {
  if (event.target.id === "act-as") return void (location.search = new URLSearchParams({ as: event.target.value, channel: look.channel }));
  if (event.target.id === "move-clock" && event.target.value) return void moveClock(event.target.value);
  if (event.target.id === "takes-charts") return void gesture("show_charts", { shown: event.target.checked });
  const field = event.target.closest("[data-does=fill]");
  if (field) keepChoice(field);
});

document.addEventListener("keydown", (event) => {
  if (event.target.matches(".composer textarea")) composerKey(event);
  if (event.target.matches(".view-blocks [data-kind=plain_text_input], .view-blocks textarea") && event.key === "Enter" && event.ctrlKey)
    event.target.form?.requestSubmit();
});

// A popover sits beside its button, inside the window.
document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches(".popover") || event.newState !== "open") return;
    const button = $(`[popovertarget="${CSS.escape(event.target.id)}"]`).getBoundingClientRect();
    const box = event.target.getBoundingClientRect();
    event.target.style.left = `${Math.max(8, Math.min(button.left, innerWidth - box.width - 8))}px`;
    event.target.style.top = `${Math.max(8, Math.min(button.bottom + 4, innerHeight - box.height - 8))}px`;
  },
  true,
);

if (matchMedia("(max-width: 760px)").matches) $("#happenings").open = false;
look.thread = new URLSearchParams(location.search).get("thread") || "";
history.replaceState({ ...look }, "");
go(look.channel, look.thread, false);
// In Slack, too, messages only visible to you are gone after a reload.
if (performance.getEntriesByType("navigation")[0]?.type === "reload") gesture("reload");

const stream = new EventSource("/happenings/stream");
stream.addEventListener("change", () => refresh().catch(() => {}));
stream.addEventListener("error", () => ($("#notice").textContent = GONE));
stream.addEventListener("open", () => $("#notice").textContent === GONE && tell(""));
