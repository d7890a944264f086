#!/bin/sh
# Makes the files that deploy/compose.yml hands over as secrets: sh deploy/secrets.sh FOLDER < token
# The bot's token is read from standard input; the passwords are made up. What is there already stays as it is.
set -eu
folder=${1:?"say where: sh deploy/secrets.sh secrets < token"}
mkdir -p "$folder"
chmod 700 "$folder" # keeps others on this machine out; the files must be readable for the containers' users
cd "$folder"
umask 022

keep() { # a file with what comes in
    if [ -e "$1" ]; then
        cat >/dev/null
        printf '%s is there already, and stays\n' "$1" >&2
    else
        cat >"$1"
    fi
}
made_up() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

tr -d '[:space:]' | keep TELEGRAM_BOT_TOKEN
[ -s TELEGRAM_BOT_TOKEN ] || { rm TELEGRAM_BOT_TOKEN && printf 'no token came in\n' >&2 && exit 1; }
made_up | keep postgres_password
[ -e redis.conf ] || password=$(made_up)
printf 'postgresql://makker:%s@postgres/makker' "$(cat postgres_password)" | keep MAKKER_DATABASE_URL
if [ -n "${password:-}" ]; then
    rm -f MAKKER_REDIS_URL
    printf 'requirepass %s\nsave ""\nappendonly no\nmaxmemory 64mb\nmaxmemory-policy noeviction\n' "$password" >redis.conf
    printf 'redis://:%s@redis:6379/0' "$password" >MAKKER_REDIS_URL
fi
