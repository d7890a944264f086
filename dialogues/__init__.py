"""How the advisor converses: domain, rules, actions, walkthroughs, documents. No Telegram."""
