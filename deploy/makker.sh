#!/bin/sh
# Runs a command of Makker's on one machine, for root: as the user of makker.service, with its settings, token and folders.
#   install --mode=0755 deploy/makker.sh /usr/local/sbin/makker
# systemd reads makker.env as it does for the service, so that values with blanks need no quotes. It starts in /opt/makker:
# name files by their whole path, where the user makker may write.
# What is typed, ids and questions, stays out of the journal; at a terminal, Ctrl+C ends the command.
exec systemd-run --pipe --pty --wait --collect --quiet --description="A command of Makker" \
    --uid=makker --gid=makker --working-directory=/opt/makker \
    --property=EnvironmentFile=-/etc/makker/makker.env \
    --property=LoadCredential=TELEGRAM_BOT_TOKEN:/etc/makker/TELEGRAM_BOT_TOKEN \
    --property=StateDirectory=makker --property=StateDirectoryMode=0700 \
    --property=CacheDirectory=makker --property=CacheDirectoryMode=0700 \
    --property=UMask=0077 --setenv=HOME=/tmp --setenv=PYTHONDONTWRITEBYTECODE=1 \
    --setenv=MAKKER_DATA_DIR=/var/lib/makker --setenv=MAKKER_MODEL_DIR=/var/cache/makker \
    sh -c 'MAKKER_SECRETS_DIR=$CREDENTIALS_DIRECTORY exec .venv/bin/makker "$@"' makker "$@"
