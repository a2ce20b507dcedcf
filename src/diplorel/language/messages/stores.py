"""What is wrong with a store, its address, or what is asked of it."""

from __future__ import annotations

from typing import Final

VIETNAMESE: Final = {
    # --- engines ---
    (
        "the engine {name} works where a store is: expected a store in PostgreSQL, as "
        "diplorel.open('postgresql://…') gives it, got {found}"
    ): (
        "bộ máy {name} chạy tại nơi đặt kho dữ liệu: cần một kho dữ liệu trong PostgreSQL, mở bằng "
        "diplorel.open('postgresql://…'), không phải {found}"
    ),
    "{argument}: expected the address of one store, got {found}": (
        "{argument}: cần địa chỉ của một kho dữ liệu, không phải {found}"
    ),
    "{argument}: the server decides this for the engine {name}": (
        "{argument}: với bộ máy {name}, máy chủ quyết định điều này"
    ),
    # --- addresses ---
    (
        "expected a path such as 'relations.db', 'sqlite:///relations.db', 'memory:' or "
        "'postgresql://user@host/database'"
    ): (
        "cần một đường dẫn như 'relations.db', 'sqlite:///relations.db', 'memory:' hoặc "
        "'postgresql://user@host/database'"
    ),
    "expected the address of a store as text, got {kind}": (
        "cần địa chỉ kho dữ liệu dưới dạng chuỗi ký tự, không phải {kind}"
    ),
    "a copy in memory would be gone at once: name a file": (
        "bản sao trong bộ nhớ sẽ mất ngay: hãy chọn một tệp"
    ),
    "{kind!r} is not a kind of store: {forms}": "{kind!r} không phải là loại kho dữ liệu: {forms}",
    "{text!r} is not a path: {forms}": "{text!r} không phải là đường dẫn: {forms}",
    "{text!r}: {forms}, and no options": "{text!r}: {forms}, không kèm tùy chọn",
    "a store in PostgreSQL needs the extra: pip install 'diplorel[postgres]'": (
        "kho dữ liệu trong PostgreSQL cần phần bổ sung: pip install 'diplorel[postgres]'"
    ),
    (
        "this is not a URL of a PostgreSQL database: expected "
        "'postgresql://user@host:5432/database', with the marks in a password as %XX"
    ): (
        "đây không phải là URL của cơ sở dữ liệu PostgreSQL: cần "
        "'postgresql://user@host:5432/database', các dấu trong mật khẩu viết dưới dạng %XX"
    ),
    "a store's URL has no {unknown}, only {listed}": (
        "URL của kho dữ liệu không có {unknown}, chỉ có {listed}"
    ),
    "{schema!r} is not a schema for a store: expected none of %?{{}}": (
        "{schema!r} không dùng làm lược đồ của kho dữ liệu được: không được có các dấu %?{{}}"
    ),
    "{name!r} is not a name: expected 1 to 63 bytes, none of them null": (
        "{name!r} không phải là tên hợp lệ: cần từ 1 đến 63 byte, không có byte rỗng"
    ),
    # --- what is asked of a store ---
    "the store has no stream {stream!r}, it holds: {held}": (
        "kho dữ liệu không có bộ {stream!r}, hiện có: {held}"
    ),
    "{stream!r} has a release {version} already": "{stream!r} đã có bản phát hành {version}",
    "{argument}: expected a text such as '1.2.0', got {version!r}": (
        "{argument}: cần một chuỗi ký tự như '1.2.0', không phải {version!r}"
    ),
    (
        "{text!r} is not a head: expected what str(store.head) gives, two counts and 64 "
        "hexadecimal digits with dots between"
    ): (
        "{text!r} không phải là mã trạng thái (head) của kho: cần giá trị của str(store.head), "
        "gồm hai số đếm và 64 chữ số thập lục phân, cách nhau bằng dấu chấm"
    ),
    "expected {wanted}, and the store is at {now}: that head is not of this store": (
        "cần {wanted}, nhưng kho hiện ở {now}: mã trạng thái đó không phải của kho này"
    ),
    (
        "expected {wanted}, and the store is at {now}, {count} records further on. Look at "
        "what came in between, and append again with the new head if it still holds"
    ): (
        "cần {wanted}, nhưng kho hiện ở {now}, đã thêm {count} bản ghi. Hãy xem những bản ghi "
        "mới, rồi ghi lại với mã trạng thái mới nếu vẫn đúng"
    ),
    (
        "{name!r} cannot name a stream in a store: expected small letters and digits, with "
        "hyphens or underscores between, such as 'singapore-desk'. A folder's stream is "
        "named in its stream.toml"
    ): (
        "{name!r} không dùng làm tên bộ dữ liệu trong kho được: cần chữ thường và chữ số, "
        "nối bằng dấu gạch ngang hoặc gạch dưới, như 'singapore-desk'. Tên bộ dữ liệu của "
        "một thư mục nằm trong stream.toml"
    ),
    "{name} cannot name a follower: expected a text of 1 to {most} letters": (
        "{name} không dùng làm tên tiến trình theo dõi được: cần một chuỗi từ 1 đến {most} chữ"
    ),
    "expected a size of 1 or more, got {size!r}": (
        "cần kích thước từ 1 trở lên, không phải {size!r}"
    ),
    "expected a position from 0 to {held}, got {position!r}": (
        "cần vị trí từ 0 đến {held}, không phải {position!r}"
    ),
    (
        "{store} has no longer the row {position} that {follower!r} handled: it was put "
        "back to an earlier state. Look what it holds, and reset the follower"
    ): (
        "{store} không còn dòng {position} mà {follower!r} đã xử lý: kho đã bị đưa về "
        "trạng thái trước. Hãy xem kho có gì, rồi đặt lại tiến trình theo dõi"
    ),
    (
        "another process follows {store} as {follower!r} and has moved on from where this "
        "one was: give each a name of its own"
    ): (
        "một tiến trình khác cũng theo dõi {store} dưới tên {follower!r} và đã đi tiếp: "
        "hãy đặt cho mỗi tiến trình một tên riêng"
    ),
    # --- appending ---
    (
        "{id}, recorded {moment}, lies before the last record of {stream!r}, {last}: a "
        "stream only grows at its end"
    ): (
        "{id}, ghi lúc {moment}, sớm hơn bản ghi cuối của {stream!r}, {last}: bộ dữ liệu chỉ "
        "được ghi thêm vào cuối"
    ),
    (
        "{stream!r} already reports {id} with other contents.\n  recorded: {recorded!r}\n  "
        "refused:  {refused!r}\nTo correct it, give the new one "
        "supersedes=['{id}@{digest}'] and a reason"
    ): (
        "{stream!r} đã ghi nhận {id} với nội dung khác.\n  đã ghi:   {recorded!r}\n  từ "
        "chối:  {refused!r}\nĐể đính chính, hãy thêm supersedes=['{id}@{digest}'] và lý do "
        "vào bản ghi mới"
    ),
    (
        "not appended, for it contradicts what is recorded:\n{problems}\nCorrect the events, "
        'or let them in as they are with validate="report"'
    ): (
        "không ghi thêm, vì mâu thuẫn với những gì đã ghi nhận:\n{problems}\nHãy sửa các sự "
        'kiện, hoặc vẫn ghi vào bằng validate="report"'
    ),
    "another process has been appending for too long. Try again": (
        "một tiến trình khác ghi quá lâu. Hãy thử lại"
    ),
    "the disk is full; nothing was appended. Make room and try again": (
        "đĩa đã đầy; chưa ghi gì. Hãy giải phóng dung lượng rồi thử lại"
    ),
    # --- files of SQLite ---
    "Bring it back from a copy": "Hãy khôi phục từ một bản sao",
    "{name}: {reason}": "{name}: {reason}",
    "{means} ({error})": "{means} ({error})",
    "{name} was opened before the process forked: open it anew": (
        "{name} được mở trước khi tiến trình tách ra: hãy mở lại"
    ),
    "{name} is closed: open it again": "{name} đã đóng: hãy mở lại",
    "{folder} cannot be written: {reason}": "không ghi được vào {folder}: {reason}",
    "{name} holds something already: name a new one": "{name} đã có nội dung: hãy nêu một kho mới",
    "there is a file {path} already: name a new one": "đã có tệp {path}: hãy chọn một tệp mới",
    "{path} was replaced while it was opened: open it again": (
        "{path} bị thay trong lúc mở: hãy mở lại"
    ),
    ": open it again": ": hãy mở lại",
    (
        " in this moment. What was to be appended may be lost: open it again, and make the "
        "same call again"
    ): (" vào đúng lúc này. Những gì định ghi có thể đã mất: hãy mở lại và gọi lại như trước"),
    (
        "{name}, or the log beside it, was moved, removed or replaced since it was opened{then}"
    ): "{name}, hoặc tệp nhật ký bên cạnh, đã bị chuyển, xóa hoặc thay từ khi mở{then}",
    "{name} was brought to version {version} just now: open it again": (
        "{name} vừa được nâng lên phiên bản {version}: hãy mở lại"
    ),
    "{name}: SQLite has no write-ahead log on this file system": (
        "{name}: SQLite không có nhật ký ghi trước (write-ahead log) trên hệ thống tệp này"
    ),
    "{path} cannot be read: make it readable": "không đọc được {path}: hãy cấp quyền đọc",
    "{path} is not a file": "{path} không phải là tệp",
    "{path}: there is no such store": "{path}: không có kho dữ liệu này",
    "{path}: there is no folder {folder}": "{path}: không có thư mục {folder}",
    "{path} is not a store: it is empty": "{path} không phải là kho dữ liệu: tệp trống",
    "{path} is not a store: it is not an SQLite file": (
        "{path} không phải là kho dữ liệu: không phải tệp SQLite"
    ),
    "{path} is not a store: it is an SQLite file of something else": (
        "{path} không phải là kho dữ liệu: đây là tệp SQLite của ứng dụng khác"
    ),
    "{path} is read-only: make it writable, or open a copy": (
        "{path} chỉ cho đọc: hãy cấp quyền ghi, hoặc mở một bản sao"
    ),
    (
        "{real}{end} is there without its store, and may hold the last that was appended "
        "to it. Move it to where the store is, beside it and under its name"
    ): (
        "có {real}{end} nhưng không có kho của nó, và tệp này có thể chứa những gì mới ghi "
        "thêm sau cùng. Hãy chuyển tệp đến cạnh kho, với tên của kho"
    ),
    "the file cannot be written or read. Is the disk full?": (
        "không ghi hoặc đọc được tệp. Đĩa đã đầy chăng?"
    ),
    "it or its folder is read-only: make it writable, or open a copy": (
        "tệp hoặc thư mục chỉ cho đọc: hãy cấp quyền ghi, hoặc mở một bản sao"
    ),
    "it cannot be opened. Is its folder writable?": "không mở được. Thư mục có cho ghi không?",
    # --- damage and versions ---
    "it is damaged. {remedy}": "kho bị hỏng. {remedy}",
    "it is damaged, or no SQLite file. {remedy}": (
        "kho bị hỏng, hoặc không phải tệp SQLite. {remedy}"
    ),
    "{path} is damaged: it is cut off. {remedy}": "{path} bị hỏng: tệp bị cắt cụt. {remedy}",
    "{path} is damaged: it lacks {missing}. {remedy}": "{path} bị hỏng: thiếu {missing}. {remedy}",
    "{path} is damaged: {what}. {remedy}": "{path} bị hỏng: {what}. {remedy}",
    "its guard {name} was changed": "ràng buộc bảo vệ {name} đã bị thay đổi",
    "{name} is not a guard of it": "{name} không phải là ràng buộc bảo vệ của kho",
    "{name} is damaged: record {position} would be record {last}. {remedy}": (
        "{name} bị hỏng: bản ghi {position} lẽ ra là bản ghi {last}. {remedy}"
    ),
    (
        "{name} is of version {version}, and this release of diplorel knows up to {known}: "
        "install a newer one"
    ): (
        "{name} thuộc phiên bản {version}, mà bản diplorel này chỉ biết đến {known}: hãy "
        "cài bản mới hơn"
    ),
    (
        "{name} is of version {version}, and this release of diplorel writes {known}: its "
        "owner has to open it once, which brings it forward"
    ): (
        "{name} thuộc phiên bản {version}, mà bản diplorel này ghi phiên bản {known}: chủ "
        "sở hữu phải mở kho một lần để nâng lên"
    ),
    # --- PostgreSQL ---
    "{name}: there is no store in the schema {schema!r}": (
        "{name}: trong lược đồ {schema!r} không có kho dữ liệu"
    ),
    "{name}: the schema {schema!r} is of something else": (
        "{name}: lược đồ {schema!r} là của ứng dụng khác"
    ),
    "{name} is damaged: it lacks {missing}": "{name} bị hỏng: thiếu {missing}",
    (
        "{name} is damaged: its guards were lifted or changed, or others were put before "
        "them: {listed}. Look with verify what else was, in a copy, and have the owner "
        "bring the guards back"
    ): (
        "{name} bị hỏng: các ràng buộc bảo vệ đã bị gỡ hoặc thay đổi, hoặc bị đặt ràng "
        "buộc khác lên trước: {listed}. Hãy dùng verify trên một bản sao để xem còn gì "
        "khác, và nhờ chủ sở hữu khôi phục các ràng buộc"
    ),
    "{guard} of {table}": "{guard} của {table}",
    (
        "{name} is damaged: its tables are not those of version {version}, which its table "
        "'version' states ({reason})"
    ): (
        "{name} bị hỏng: các bảng không phải là của phiên bản {version} như bảng 'version' "
        "nêu ({reason})"
    ),
    "this role may not do that ({text})": "vai trò này không được phép làm việc đó ({text})",
    (
        "the server ended it ({text}). If its statement_timeout did, it is too short for "
        "this store, or for waiting while others append: raise it for this role"
    ): (
        "máy chủ đã dừng lệnh ({text}). Nếu do statement_timeout thì thời hạn này quá ngắn "
        "đối với kho, hoặc để chờ trong lúc bên khác ghi: hãy tăng lên cho vai trò này"
    ),
    "the server's disk is full; nothing was appended ({text})": (
        "đĩa của máy chủ đã đầy; chưa ghi gì ({text})"
    ),
    (
        "the server cannot be reached ({text}). Make the same call again: what it kept of "
        "this one is then reported as known"
    ): (
        "không kết nối được với máy chủ ({text}). Hãy gọi lại như trước: phần đã ghi sẽ "
        "được báo là đã biết"
    ),
}
"""From the English template to the Vietnamese one."""
