"""Methods that ask about chats, members and files."""

from __future__ import annotations

from typing import Any

from tests.botapi import rules
from tests.botapi.chats import Chat
from tests.botapi.errors import BadRequest
from tests.botapi.world import World

Params = dict[str, Any]
_MOST = 20 * 2**20  # bytes of a file that a bot may fetch


def get_chat(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params, writes=False)
    pinned = [message for message in chat.messages if message.pinned and not message.deleted]
    more = {"pinned_message": world.as_json(pinned[-1])} if pinned else {}
    shared = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return {**chat.as_json(), **shared, **more}


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat_member(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params, writes=False)
    user = rules.number(params, "user_id", "invalid user_id specified")
    if user == world.bot_id:
        return _bot_as_member(world, chat)
    elsewhere = [other.members[user] for other in world.chats.values() if user in other.members]
    if not elsewhere:  # nobody whom the bot knows
        raise BadRequest("user not found" if chat.kind == "group" else "PARTICIPANT_ID_INVALID")
    if chat.hides_members and chat.privacy:  # an ordinary member isn't told
        raise BadRequest("CHAT_ADMIN_REQUIRED")
    status = chat.statuses.get(user, {"status": "member" if user in chat.members else "left"})
    return {"user": elsewhere[0].as_json(), **_DETAILS.get(str(status["status"]), {}), **status}


_DETAILS: dict[str, dict[str, Any]] = {
    "kicked": {"until_date": 0},
    "creator": {"is_anonymous": False},
    "restricted": {
        "until_date": 0,
        **dict.fromkeys(
            [
                "can_send_messages",
                "can_send_audios",
                "can_send_documents",
                "can_send_photos",
                "can_send_videos",
                "can_send_video_notes",
                "can_send_voice_notes",
                "can_send_polls",
                "can_send_other_messages",
                "can_add_web_page_previews",
                "can_change_info",
                "can_invite_users",
                "can_pin_messages",
                "can_manage_topics",
                "can_edit_tag",
                "can_react_to_messages",
            ],
            False,
        ),
    },
}
"""What `ChatMember` has beside user and status."""


def _bot_as_member(world: World, chat: Chat) -> dict[str, Any]:
    return {"user": world.bot_json(), "status": "member"}


def get_chat_member_count(world: World, params: Params) -> Any:
    return len(rules.chat_of(world, params, writes=False).members) + 1


def leave_chat(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    if chat.kind == "private":
        raise BadRequest("chat not found")
    chat.gone = f"bot is not a member of the {chat.kind} chat"
    return True


def get_file(world: World, params: Params) -> Any:
    file_id = str(params.get("file_id", ""))
    file = world.files.get(file_id)
    if file is None:
        raise BadRequest("invalid file_id" if file_id else "file_id is empty")
    if len(file.content) > _MOST:
        raise BadRequest("file is too big")
    about = {"file_id": file_id, "file_unique_id": f"U{file_id}", "file_size": len(file.content)}
    return {**about, "file_path": f"{file.kind}s/{file_id}"}


METHODS = {
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatmembercount": get_chat_member_count,
    "leavechat": leave_chat,
    "getfile": get_file,
}
