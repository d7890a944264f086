"""What people send that is not text, as the Bot API describes it."""

from __future__ import annotations

from typing import Any

_FILE = {"file_id": "F", "file_unique_id": "U"}
_CLIP = {**_FILE, "duration": 1}
_PLACE = {"latitude": 55.7, "longitude": 12.5}
ATTACHED: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{**_FILE, "width": 9, "height": 9}]},
    "sticker": {
        "sticker": {**_FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
    },
    "voice": {"voice": _CLIP},
    "audio": {"audio": _CLIP},
    "video": {"video": {**_CLIP, "width": 9, "height": 9}},
    "video_note": {"video_note": {**_CLIP, "length": 9}},
    "animation": {"animation": {**_CLIP, "width": 9, "height": 9}, "document": _FILE},
    "document": {"document": {**_FILE, "file_name": "aftale.docx"}},
    "location": {"location": _PLACE},
    "venue": {"venue": {"location": _PLACE, "title": "Biblioteket", "address": "Torvet"}, "location": _PLACE},
    "contact": {"contact": {"phone_number": "12345678", "first_name": "Bo"}},
    "poll": {
        "poll": {
            "id": "1",
            "question": "?",
            "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "dice": {"dice": {"value": 3, "emoji": "🎲"}},
    "pinned": {"new_chat_title": "Nyt navn"},
}
