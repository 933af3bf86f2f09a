// The pages of signing in. Passkeys need this; everything else works without it.
(function () {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const trouble = byId("passkey-trouble");
  const WORDS = {
    NotAllowedError: "没有完成：可能是取消了，或者等得太久。请再点一次。",
    InvalidStateError: "这台设备上已经有你的通行密钥了，不用再加。",
    SecurityError: "这个网址用不了通行密钥。请用平时的网址打开。",
    NotSupportedError: "这台设备存不了这样的通行密钥。",
  };
  const ELSE = "通行密钥现在用不了，可能是网络断了或试得太多。等一会儿再试。";

  function tell(text) {
    if (trouble) trouble.textContent = `${text}${trouble.dataset.other}`;
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    tell(WORDS[event.detail.exception.name] || ELSE);
  });

  // A name, because browsers make no passkeys for a number.
  const isNumber = /^[\d.]+$|^\[/.test(location.hostname);

  function setUp() {
    const forms = window.allauth.webauthn.forms;
    const data = "passkey-options";
    if (byId("passkey-login")) forms.loginForm({ ids: { login: "passkey-login", credential: "login-credential" } });
    if (byId("passkey-proof")) forms.authenticateForm({ ids: { authenticate: "passkey-proof", credential: "proof-credential", data } });
    if (byId("passkey-add")) {
      byId("passkey-add").addEventListener("click", (event) => event.preventDefault());
      forms.addForm({ ids: { add: "passkey-add", passwordless: "key-passwordless", credential: "key-credential", data } });
    }
    document.querySelectorAll("[data-passkey]").forEach((each) => { each.hidden = false; });
    if (byId("passkey-proof") && !document.querySelector("[autofocus]")) byId("passkey-proof").focus();
  }

  if (trouble) {
    if (isNumber) tell("通行密钥要用网址的名字，数字地址不行。在自己的电脑上，请用 localhost 打开。");
    else if (!window.PublicKeyCredential) tell("这个浏览器用不了通行密钥。");
    else setUp();
  }

  function copy(button) {
    const source = byId(button.dataset.copy);
    const text = [...(source.children.length ? source.children : [source])].map((each) => each.textContent).join("\n");
    const said = (words) => { button.textContent = words; };
    const select = () => {
      getSelection().selectAllChildren(source);
      said(button.dataset.select);
    };
    if (!navigator.clipboard) return select();
    return navigator.clipboard.writeText(text).then(() => said(button.dataset.done), select);
  }

  document.querySelectorAll("[data-copy], [data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => ("print" in button.dataset ? window.print() : copy(button)));
  });
})();
