"""What is wrong with a dataset, a file, a sheet or a folder that a call names."""

from __future__ import annotations

from typing import Final

VIETNAMESE: Final = {
    # --- datasets of other packages ---
    (
        "{origin} offers {name!r} as {value!r}, but {reason}. Repair or uninstall that package"
    ): "{origin} cung cấp {name!r} là {value!r}, nhưng {reason}. Hãy sửa hoặc gỡ gói đó",
    (
        "several packages offer a dataset {name!r}: {origins}. Uninstall all but one, or "
        "load the folder of the one that you mean"
    ): (
        "nhiều gói cùng cung cấp bộ dữ liệu {name!r}: {origins}. Hãy chỉ giữ lại một gói, "
        "hoặc mở thư mục của bộ cần dùng"
    ),
    ("there is no dataset {name!r}, only {known}.{hint} For a folder of your own, use read()"): (
        "không có bộ dữ liệu {name!r}, chỉ có {known}.{hint} Với thư mục của bạn, hãy dùng read()"
    ),
    "expected 'package' or 'package:folder'": "cần 'package' hoặc 'package:folder'",
    "there is no such folder in the package": "trong gói không có thư mục đó",
    "{module} cannot be imported: {reason}": "không import được {module}: {reason}",
    "using it failed with {error}": "khi dùng thì gặp lỗi {error}",
    # --- the folder of a stream ---
    "there is something in {target} already: name a new folder": (
        "{target} đã có nội dung: hãy chọn một thư mục mới"
    ),
    (
        "{target} holds {count} records that the log lacks, the first is {first}. Read the "
        "folder and append to it"
    ): (
        "{target} có {count} bản ghi mà nhật ký không có, đầu tiên là {first}. Hãy đọc thư "
        "mục đó rồi ghi thêm vào"
    ),
    (
        "the log holds records older than the last of {target}, which it lacks. A stream "
        "only grows at its end: append them, recorded now"
    ): (
        "nhật ký có những bản ghi cũ hơn bản ghi cuối của {target}, mà thư mục này không "
        "có. Bộ dữ liệu chỉ được ghi thêm vào cuối: hãy ghi thêm các bản ghi đó với thời "
        "điểm hiện tại"
    ),
    "{version} is released already: name the next version": (
        "{version} đã được phát hành: hãy nêu phiên bản tiếp theo"
    ),
    "there is nothing to release: the stream has no records": (
        "không có gì để phát hành: bộ dữ liệu chưa có bản ghi nào"
    ),
    "{file} is written in an uncommon way: put in the release by hand, {entry}": (
        "{file} được viết theo cách khác thường: hãy tự ghi bản phát hành vào, {entry}"
    ),
    "the last line has no end: end it with a line feed, then release": (
        "dòng cuối chưa kết thúc: hãy thêm dấu xuống dòng rồi phát hành"
    ),
    # --- sheets and workbooks ---
    "save the sheet as CSV": "lưu bảng tính dưới dạng CSV",
    "there is no sheet {sheet!r} in {path}; the sheets are: {known}.{hint}": (
        "{path} không có trang tính {sheet!r}; các trang tính: {known}.{hint}"
    ),
    (
        "several sheets of {path} name columns: {names}. Say which one to read: "
        "sheet={first!r}, on the command line --sheet {first!r}"
    ): (
        "nhiều trang tính của {path} có tên cột: {names}. Hãy nêu trang cần đọc: "
        "sheet={first!r}, trên dòng lệnh là --sheet {first!r}"
    ),
    "expected the path of a table, or its content as bytes or text, got {data}": (
        "cần đường dẫn của một bảng, hoặc nội dung bảng dưới dạng byte hay chuỗi ký tự, "
        "không phải {data}"
    ),
    "the sheet {sheet!r} is asked for, and {path} is not a workbook: leave it out": (
        "có hỏi trang tính {sheet!r}, nhưng {path} không phải là tệp bảng tính: hãy bỏ đi"
    ),
    (
        "{data!r} is the name of a file and no table; to read the file, give a path: Path({data!r})"
    ): ("{data!r} là tên tệp, không phải bảng; để đọc tệp, hãy đưa đường dẫn: Path({data!r})"),
    (
        "{count} events have no row and are to be taken back, the first is {first}: say "
        "why with reason="
    ): (
        "{count} sự kiện không có dòng nào và sẽ bị rút lại, đầu tiên là {first}: hãy nêu "
        "lý do bằng reason="
    ),
    (
        "{id}: {name} has {count} characters, and a cell holds at most {most}: write the "
        "stream as JSON Lines (dumps), or correct the event"
    ): (
        "{id}: {name} có {count} ký tự, mà một ô chỉ chứa tối đa {most}: hãy ghi bộ dữ "
        "liệu dưới dạng JSON Lines (dumps), hoặc sửa sự kiện"
    ),
    # --- leads ---
    "{argument}: expected paths of files, got {listed!r}": (
        "{argument}: cần đường dẫn của các tệp, không phải {listed!r}"
    ),
    # --- tables that are written ---
    "a .dta file needs at least one column": "tệp .dta cần ít nhất một cột",
    (
        "column {name!r}: a text of more than {most} bytes does not fit into .dta: leave "
        "the column out, or write .parquet or .csv"
    ): (
        "cột {name!r}: chuỗi dài hơn {most} byte không ghi được vào .dta: hãy bỏ cột này, "
        "hoặc ghi ra .parquet hay .csv"
    ),
    (
        "{rows} rows of {columns} columns are too many for .xlsx, which holds {most_rows} "
        "of {most_columns}: write .parquet or .csv"
    ): (
        "{rows} dòng với {columns} cột là quá nhiều đối với .xlsx, vốn chứa {most_rows} "
        "dòng với {most_columns} cột: hãy ghi ra .parquet hay .csv"
    ),
    (
        "a text of {longest} characters is too long for .xlsx, which holds {most}: write "
        ".parquet or .csv"
    ): (
        "chuỗi {longest} ký tự quá dài đối với .xlsx, vốn chứa {most}: hãy ghi ra .parquet hay .csv"
    ),
    "{file}: a table is written by suffix, expected one of {known}.{hint}": (
        "{file}: dạng của bảng theo đuôi tệp, cần một trong các đuôi {known}.{hint}"
    ),
    "{file}: {holds}, got {answer!r}": "{file}: {holds}, không phải {answer!r}",
    "GraphML holds graphs only, as World.graph() returns them": (
        "GraphML chỉ chứa đồ thị, như World.graph() trả về"
    ),
    "a calendar holds anniversaries only, as EventLog.anniversaries() gives them": (
        "lịch chỉ chứa ngày kỷ niệm, như EventLog.anniversaries() trả về"
    ),
    "{argument}: expected a table or an answer with one, got {answer!r}": (
        "{argument}: cần một bảng hoặc một câu trả lời có bảng, không phải {answer!r}"
    ),
    # --- tables of events ---
    (
        "records differ in what they say of {ids}, and a table of events has no policy to "
        "choose by. Write what the log resolves to, with "
        "diplorel.columnar.write(resolved_records(log), …, reference=log.reference)"
    ): (
        "các bản ghi khác nhau về {ids}, mà bảng sự kiện không có quy tắc chọn nguồn. Hãy ghi "
        "kết quả hợp nhất của nhật ký, bằng "
        "diplorel.columnar.write(resolved_records(log), …, reference=log.reference)"
    ),
    (
        "the table holds the streams {streams}, and only a policy can unite them. Write what "
        "the log resolves to, with "
        "diplorel.columnar.write(resolved_records(log), …, reference=log.reference)"
    ): (
        "bảng có các bộ dữ liệu {streams}, chỉ hợp nhất được theo một quy tắc chọn nguồn. Hãy "
        "ghi kết quả hợp nhất của nhật ký, bằng "
        "diplorel.columnar.write(resolved_records(log), …, reference=log.reference)"
    ),
    (
        "{folder} is not a table of events, or its writer was interrupted: it has no "
        "{manifest}. Write it with diplorel.columnar.write"
    ): (
        "{folder} không phải là bảng sự kiện, hoặc việc ghi đã bị ngắt giữa chừng: không có "
        "{manifest}. Hãy ghi bằng diplorel.columnar.write"
    ),
    (
        "{folder} has columns of version {found}, and this release reads version {known}: "
        "write the table again"
    ): (
        "{folder} có các cột theo phiên bản {found}, còn bản này đọc phiên bản {known}: "
        "hãy ghi lại bảng"
    ),
    "the table of events cannot be read: {said}. If a file of it is damaged, write it again": (
        "không đọc được bảng sự kiện: {said}. Nếu một tệp của bảng bị hỏng, hãy ghi lại bảng"
    ),
    (
        "DuckDB does not take these settings: {said}. Give memory_limit as in '1GB', and "
        "threads as a number"
    ): (
        "DuckDB không nhận các thiết lập này: {said}. Hãy nêu memory_limit như '1GB' và threads "
        "là một số"
    ),
    (
        "DuckDB needs more memory than it was given. Raise memory_limit, give it a folder "
        "with more room as spill, or fewer threads"
    ): (
        "DuckDB cần nhiều bộ nhớ hơn mức được cấp. Hãy tăng memory_limit, nêu spill là thư mục "
        "còn nhiều chỗ hơn, hoặc giảm threads"
    ),
    "a code of {column} stands for nothing": "một mã trong cột {column} không ứng với gì",
    "{manifest} in {folder} is damaged. Write the table again": (
        "{manifest} trong {folder} bị hỏng. Hãy ghi lại bảng"
    ),
    "{folder} exists. Choose another name{remedy}": (
        "{folder} đã tồn tại. Hãy chọn tên khác{remedy}"
    ),
    ", or pass overwrite=True to replace a table of events": (
        ", hoặc dùng overwrite=True để thay một bảng sự kiện"
    ),
    "{argument}: only the engine {name} takes a session": (
        "{argument}: chỉ công cụ tính {name} nhận một phiên (session)"
    ),
    "{argument}: a session has limits of its own. Set them where you make the session": (
        "{argument}: phiên (session) có giới hạn riêng. Hãy đặt giới hạn khi tạo phiên"
    ),
    ", or pass overwrite=True to replace saved states": (
        ", hoặc dùng overwrite=True để thay các trạng thái đã lưu"
    ),
    "another writer is at work on {folder}. Try again when it is done": (
        "một tiến trình khác đang ghi vào {folder}. Hãy thử lại khi tiến trình đó xong"
    ),
    (
        "the table has records of the sources {sources}, which have another date of "
        "publication now. Write the table again, with diplorel.columnar.write"
    ): (
        "bảng có các bản ghi dẫn nguồn {sources}, mà ngày công bố của các nguồn này nay đã khác. "
        "Hãy ghi lại bảng, bằng diplorel.columnar.write"
    ),
    "the states in {folder} cannot be taken up: {why}. Replay without since=": (
        "không thể tiếp tục từ các trạng thái trong {folder}: {why}. Hãy tính lại mà không dùng "
        "since="
    ),
    "they were saved by another version of the library": (
        "chúng được lưu bằng một phiên bản khác của thư viện"
    ),
    "the table is another one, or was shortened": "bảng là bảng khác, hoặc đã bị rút ngắn",
    "parties or ladders have changed": "các bên hoặc thang bậc đã thay đổi",
    "they were replayed with another rule for dates, or by another clock": (
        "chúng được tính theo quy tắc khác về ngày, hoặc theo mốc thời gian khác"
    ),
    "they are of a later day": "chúng thuộc một ngày muộn hơn",
    "they are of what was known later": "chúng dựa trên những gì được biết muộn hơn",
    (
        "{folder} has no saved states, or they are damaged. Replay without since=, and save "
        "the states again"
    ): (
        "{folder} không có trạng thái đã lưu, hoặc chúng bị hỏng. Hãy tính lại mà không dùng "
        "since=, rồi lưu lại"
    ),
    "the engine {engine} neither saves states nor takes them up. Use the engine duckdb": (
        "engine {engine} không lưu trạng thái và không tiếp tục từ trạng thái đã lưu. Hãy dùng "
        "engine duckdb"
    ),
    (
        "states of a table in memory are neither saved nor taken up. Write the table with "
        "diplorel.columnar.write, and replay that"
    ): (
        "trạng thái của bảng trong bộ nhớ không được lưu và không được tiếp tục. Hãy ghi bảng "
        "bằng diplorel.columnar.write, rồi tính từ bảng đó"
    ),
    "{argument}: expected a name that ends with .parquet, got {output}": (
        "{argument}: cần một tên có đuôi .parquet, không phải {output}"
    ),
    # --- pages and sites ---
    "{argument}: Markdown has no scripts; write a file .html": (
        "{argument}: Markdown không có mã lệnh; hãy ghi ra tệp .html"
    ),
    "{argument}: name at least one of 'en' and 'vi'": (
        "{argument}: hãy nêu ít nhất một trong 'en' và 'vi'"
    ),
    "{target} is a file: name a folder": "{target} là tệp: hãy chọn một thư mục",
    (
        "{path} is damaged, so it is not known which files are pages: remove the folder, "
        "or name another one"
    ): (
        "{path} bị hỏng nên không xác định được tệp nào là trang: hãy xóa thư mục, hoặc chọn thư "
        "mục khác"
    ),
    "{link} is a link out of {target}: remove it": (
        "{link} là liên kết ra ngoài {target}: hãy xóa đi"
    ),
    (
        "{there} is a file that was not written by this command, and a page has its name: "
        "move it away"
    ): ("{there} là tệp không do lệnh này ghi, mà có trang trùng tên: hãy chuyển tệp đi nơi khác"),
    (
        "{target} has files that were not written by this command: name a new or an empty folder"
    ): "{target} có những tệp không do lệnh này ghi: hãy chọn một thư mục mới hoặc trống",
    "{argument}: {path!r} is not a name of a page, or is given twice": (
        "{argument}: {path!r} không phải là tên trang, hoặc bị nêu hai lần"
    ),
}
"""From the English template to the Vietnamese one."""
