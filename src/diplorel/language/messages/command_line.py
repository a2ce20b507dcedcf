"""What is wrong with a call of the command line."""

from __future__ import annotations

from typing import Final

VIETNAMESE: Final = {
    # --- how a command ends ---
    "interrupted": "đã dừng",
    "a text cannot be read or written as {encoding}: {reason}": (
        "không đọc hoặc ghi được văn bản dưới dạng {encoding}: {reason}"
    ),
    "there are several streams, {streams}: name one with --stream": (
        "có nhiều bộ dữ liệu, {streams}: hãy nêu một bộ bằng --stream"
    ),
    (
        "{streams}: a machine coded these events and nobody has checked them, so they are "
        "not merged with other streams: ask them by themselves"
    ): (
        "{streams}: các sự kiện này do máy mã hóa và chưa ai kiểm tra nên không được gộp "
        "với bộ dữ liệu khác: hãy hỏi riêng"
    ),
    # --- usage ---
    "{said} See '{path} --help'.": "{said} Xem '{path} --help'.",
    "Invalid value for {option}: {said}": "Giá trị không hợp lệ cho {option}: {said}",
    "No such command {name}.": "Không có lệnh {name}.",
    "No such option: {name}": "Không có tùy chọn {name}.",
    "Missing argument {name}.": "Thiếu tham số {name}.",
    "Missing option {name}.": "Thiếu tùy chọn {name}.",
    "Option {name} requires an argument.": "Tùy chọn {name} cần một giá trị.",
    "Got unexpected extra argument ({name})": "Thừa tham số ({name}).",
    "Got unexpected extra arguments ({name})": "Thừa các tham số ({name}).",
    "Got unexpected extra argument(s) ({name})": "Thừa tham số ({name}).",
    "{value} is not one of {known}.": "{value} không thuộc các giá trị {known}.",
    "{value} is not a valid integer.": "{value} không phải là số nguyên.",
    (
        "{text!r} is not a day, month or year: expected a form such as 2025-03-12, 2025-03 or 2025."
    ): (
        "{text!r} không phải là ngày, tháng hoặc năm: cần một dạng như 2025-03-12, 2025-03 "
        "hoặc 2025."
    ),
    "{text!r} is not a year or two: expected a form such as 1990-2024, or 2024.": (
        "{text!r} không phải là một hoặc hai năm: cần một dạng như 1990-2024, hoặc 2024."
    ),
    (
        "{text!r} is not a head: expected what 'diplorel store verify' prints, two counts "
        "and 64 hexadecimal digits with dots between."
    ): (
        "{text!r} không phải là mã trạng thái (head) của kho: cần giá trị mà 'diplorel store "
        "verify' in ra, gồm hai số đếm và 64 chữ số thập lục phân, cách nhau bằng dấu chấm."
    ),
    # --- targets ---
    "{text!r} is not a dataset, folder or store; the datasets are {known}.{hint}": (
        "{text!r} không phải là bộ dữ liệu, thư mục hay kho dữ liệu; các bộ dữ liệu hiện "
        "có: {known}.{hint}"
    ),
    "{text} is a file of a stream: name its folder, {folder}": (
        "{text} là tệp của một bộ dữ liệu: hãy chọn thư mục chứa tệp, {folder}"
    ),
    (
        "{text} is a table and no stream: begin one with diplorel new FOLDER, and diplorel "
        "import {text} FOLDER"
    ): (
        "{text} là bảng, không phải bộ dữ liệu: hãy lập bộ dữ liệu bằng diplorel new "
        "FOLDER, rồi diplorel import {text} FOLDER"
    ),
    "there is no folder {text!r}: begin it with diplorel new": (
        "không có thư mục {text!r}: hãy lập bằng diplorel new"
    ),
    "{folder} is there already: name a new or an empty folder": (
        "đã có {folder}: hãy chọn một thư mục mới hoặc trống"
    ),
    "--release: {expected}": "--release: {expected}",
    (
        "--release: {text!r} does not name a stream; the streams asked are: "
        "{listed}. Give it as STREAM={version}"
    ): (
        "--release: {text!r} không nêu của bộ dữ liệu nào; các bộ được hỏi: {listed}. Hãy "
        "viết STREAM={version}"
    ),
    (
        "--since-release: {text} pins no release {since!r}, only {known}; nor is there a "
        "dataset or a folder of that name to compare it with"
    ): (
        "--since-release: {text} không có bản phát hành {since!r}, chỉ có {known}; cũng "
        "không có bộ dữ liệu hay thư mục nào tên như vậy để so sánh"
    ),
    ("--since-release: {target} is a store; 'diplorel store verify' proves that it only grew"): (
        "--since-release: {target} là kho dữ liệu; 'diplorel store verify' chứng minh rằng "
        "kho chỉ được ghi thêm"
    ),
    "--stream: there is no stream {stream!r}; the streams are: {known}": (
        "--stream: không có bộ dữ liệu {stream!r}; các bộ hiện có: {known}"
    ),
    "no figure is recorded in {asked}: ask other datasets, as in --with vietnam": (
        "chưa ghi nhận số liệu nào trong {asked}: hãy hỏi bộ dữ liệu khác, như --with vietnam"
    ),
    "an empty stream": "một bộ dữ liệu trống",
    # --- options of questions ---
    "--policy: {text!r} is not a policy: expected {known}.{hint}": (
        "--policy: {text!r} không phải là quy tắc chọn nguồn: cần một trong {known}.{hint}"
    ),
    (
        "{id} has no ladder here, so no levels; the ladders are: {known}. 'diplorel rank "
        "{id} --by ties' and '--by visits' need none"
    ): (
        "{id} không có thang bậc trong dữ liệu này nên không có khuôn khổ nào; các thang bậc "
        "hiện có: {known}. 'diplorel rank {id} --by ties' và '--by visits' không cần thang "
        "bậc"
    ),
    (
        "--at-least: {text!r} has no rank on the ladder of {party}, so no level is above "
        "or below it. 'diplorel partners {party} --exactly {level}' lists the partners at "
        "it"
    ): (
        "--at-least: {text!r} không xếp bậc trong thang bậc của {party} nên không có khuôn khổ "
        "nào cao hơn hay thấp hơn. 'diplorel partners {party} --exactly {level}' liệt kê "
        "các đối tác ở khuôn khổ đó"
    ),
    ("give --at-least or --exactly, not both: the one counts higher levels, the other not"): (
        "hãy chỉ nêu --at-least hoặc --exactly: một tùy chọn tính cả khuôn khổ cao hơn, tùy chọn "
        "kia thì không"
    ),
    "--by ranks without levels: leave out --at-least and --explain": (
        "--by xếp hạng không theo khuôn khổ: hãy bỏ --at-least và --explain"
    ),
    "--csv prints the ranking: leave out --explain, or use --json": (
        "--csv in bảng xếp hạng: hãy bỏ --explain, hoặc dùng --json"
    ),
    ("--on is the day of --answer world; the events as known on a day are given by --known"): (
        "--on là ngày của --answer world; các sự kiện như đã biết vào một ngày thì hỏi bằng --known"
    ),
    "--type: {name!r} is not a type of event.{hint}": (
        "--type: {name!r} không phải là loại sự kiện.{hint}"
    ),
    "--partner is the other side of --party: give --party as well": (
        "--partner là bên kia của --party: hãy nêu cả --party"
    ),
    "{argument}: expected ties, or a level: {said}": (
        "{argument}: cần ties, hoặc một khuôn khổ: {said}"
    ),
    "--lang: {lang!r}, expected en, vi, or both as en,vi": (
        "--lang: {lang!r}, cần en, vi, hoặc cả hai dưới dạng en,vi"
    ),
    # --- forms of output ---
    "give --json or --csv, not both: each is the whole output": (
        "hãy chỉ nêu --json hoặc --csv: mỗi dạng là toàn bộ kết quả"
    ),
    "give -o or {also}, not both: the suffix of the file names its form": (
        "hãy chỉ nêu -o hoặc {also}: đuôi tệp đã nêu dạng của tệp"
    ),
    "--interactive needs a file: give one, as in -o brief.html": (
        "--interactive cần một tệp: hãy nêu tệp, như -o brief.html"
    ),
    # --- charts ---
    "PARTY: a chart of {kind} takes {parties}, got {count}": (
        "PARTY: biểu đồ {kind} cần {parties}; đã nêu: {count}"
    ),
    "one PARTY": "một PARTY",
    "one PARTY or none": "một PARTY hoặc không có",
    "PARTY and PARTY": "PARTY và PARTY",
    "--{name}: a chart of {kind} has no such option; {others} has": (
        "--{name}: biểu đồ {kind} không có tùy chọn này; chỉ có ở {others}"
    ),
    (
        "--indicator: a chart of figures shows one indicator: name it, as in --indicator "
        "trade-turnover"
    ): (
        "--indicator: biểu đồ số liệu thể hiện một chỉ tiêu: hãy nêu chỉ tiêu, như "
        "--indicator trade-turnover"
    ),
    "--within: give parties or a group, not both": "--within: hãy chỉ nêu các bên hoặc một nhóm",
    "--embed: give one of --embed, --json and -o": (
        "--embed: hãy chỉ nêu một trong --embed, --json và -o"
    ),
    (
        "--width: HTML has both widths, and shows the one that fits; --width is for -o "
        "with .svg, .png or .pdf"
    ): (
        "--width: HTML có cả hai khổ và hiển thị khổ phù hợp; --width dùng cho -o với "
        ".svg, .png hoặc .pdf"
    ),
    # --- spreadsheets and stores ---
    "--retract takes events back: give --update and --reason with it": (
        "--retract rút lại sự kiện: hãy nêu kèm --update và --reason"
    ),
    "--retract takes events back: say why with --reason": (
        "--retract rút lại sự kiện: hãy nêu lý do bằng --reason"
    ),
    "--match-days corrects days: give --update and --reason with it": (
        "--match-days đính chính ngày: hãy nêu kèm --update và --reason"
    ),
    (
        "{file} and {folder} give different accounts of events ({count}; the first is {first}): "
        "give --update and --reason to append corrections, and --dry-run to look at them first"
    ): (
        "{file} và {folder} ghi các sự kiện khác nhau ({count}; đầu tiên là {first}): hãy "
        "nêu --update và --reason để ghi thêm đính chính, và --dry-run để xem trước"
    ),
    "FILE: the standard input is closed, and - reads from it": (
        "FILE: đầu vào chuẩn đã đóng, mà - đọc từ đó"
    ),
}
"""From the English template to the Vietnamese one."""
