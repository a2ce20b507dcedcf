"""What is wrong with a question to an answer, a log or a table, and with a chart."""

from __future__ import annotations

from typing import Final

VIETNAMESE: Final = {
    # --- rankings and shares ---
    "{id} has no position: {why}": "{id} không có vị trí xếp hạng: {why}",
    "{id} has no position: it is in the block {block!r}": (
        "{id} không có vị trí xếp hạng: bên này nằm trong nhóm {block!r}"
    ),
    "it has no {measure}": "không có {measure}",
    "it is not among the partners asked for": "không nằm trong số đối tác được hỏi",
    "it does not live on that day, is not of the kind asked, or is the party itself": (
        "không tồn tại vào ngày đó, không thuộc loại được hỏi, hoặc chính là bên được hỏi"
    ),
    (
        "{party!r} is not a party: expected an id or a name, as in ranking['SGP']. Rows are "
        "reached by .rows[0]"
    ): (
        "{party!r} không phải là một bên: cần mã hoặc tên, như ranking['SGP']. Lấy các "
        "dòng bằng .rows[0]"
    ),
    "{id} has no steps: it holds no level on that day, and none is agreed": (
        "{id} không có bước nâng cấp nào: vào ngày đó chưa có và cũng chưa nhất trí khuôn khổ nào"
    ),
    "no order {name!r}, only {known}": "không có thứ tự {name!r}, chỉ có {known}",
    "no share of {group!r}, only of: {known}": "không có tỷ lệ của {group!r}, chỉ có của: {known}",
    "{first} positions and {second}: expected two lists of the same": (
        "{first} vị trí và {second}: cần hai danh sách dài bằng nhau"
    ),
    "this difference ends on {until}, the later begins on {since}": (
        "phần khác biệt này kết thúc vào {until}, phần sau bắt đầu vào {since}"
    ),
    "no lane {key!r} is recorded; there are: {known}": (
        "chưa ghi nhận hàng {key!r}; hiện có: {known}"
    ),
    "there is no cell for the ladder of {ladder} and {partner}": (
        "không có ô nào cho thang bậc của {ladder} và {partner}"
    ),
    (
        "{argument}: {one!r} names no events: expected an event, a relation, a ranking, an "
        "explanation or a finding"
    ): (
        "{argument}: {one!r} không nêu sự kiện nào: cần một sự kiện, quan hệ, bảng xếp "
        "hạng, phần giải thích hoặc kết luận"
    ),
    # --- agreements ---
    "no agreement {key!r} is recorded{day}.{hint}": "chưa ghi nhận văn kiện {key!r}{day}.{hint}",
    " by {on}": " đến {on}",
    "{party!r} has no seat in the agreement {agreement!r}.{hint}": (
        "{party!r} không phải là thành viên của văn kiện {agreement!r}.{hint}"
    ),
    # --- panels and tables of others ---
    "{argument}: the panel has no column {name!r}, only {known}": (
        "{argument}: bảng không có cột {name!r}, chỉ có {known}"
    ),
    "{argument}: {name!r} is of a track of your own: give it in tracks=, as to panel": (
        "{argument}: {name!r} thuộc track do bạn định nghĩa: hãy đưa vào tracks=, như với panel"
    ),
    "{argument}: to compare {name!r}, the panel needs {names}": (
        "{argument}: để so sánh {name!r}, bảng cần có {names}"
    ),
    "{argument}: {name!r} is not a value to compare: name one such as 'ties'": (
        "{argument}: {name!r} không phải là giá trị để so sánh: hãy nêu một giá trị như 'ties'"
    ),
    "{column!r} is not compared, only: {known}": "{column!r} không được so sánh, chỉ có: {known}",
    "{argument}: {names} is not among columns=": "{argument}: {names} không có trong columns=",
    "{argument}: name a column to compare, or one for beside=": (
        "{argument}: hãy nêu một cột để so sánh, hoặc một cột cho beside="
    ),
    "{argument}: say what these values of ours are in your table, of {said}": (
        "{argument}: hãy nêu những giá trị sau tương ứng với gì trong bảng của bạn, {said}"
    ),
    "{argument}: expected numbers in {column!r}, got {number!r} in row {row}": (
        "{argument}: cần các số trong {column!r}, nhưng dòng {row} có {number!r}"
    ),
    "{argument}: a lazy Polars frame has no rows yet: give frame.collect()": (
        "{argument}: một LazyFrame của Polars chưa có dòng nào: hãy đưa frame.collect()"
    ),
    (
        "{argument}: expected a table: a list of dicts, or a frame of pandas, Polars or "
        "Arrow, got {kind}"
    ): (
        "{argument}: cần một bảng: danh sách dict, hoặc bảng của pandas, Polars hay Arrow, "
        "không phải {kind}"
    ),
    "{argument}: your table has no column {name!r}, only {known}.{hint}": (
        "{argument}: bảng của bạn không có cột {name!r}, chỉ có {known}.{hint}"
    ),
    " A key in the index of a pandas frame becomes a column by reset_index().": (
        " Khóa nằm trong chỉ mục của bảng pandas thành cột nhờ reset_index()."
    ),
    "{argument}: your table has several columns named {name!r}: rename all but one": (
        "{argument}: bảng của bạn có nhiều cột tên là {name!r}: hãy đổi tên, chỉ giữ lại một"
    ),
    (
        "{argument}: the columns of {kind} give no lists: give a frame of pandas, Polars "
        "or Arrow, or a list of dicts"
    ): (
        "{argument}: các cột của {kind} không cho danh sách: hãy đưa bảng của pandas, "
        "Polars hay Arrow, hoặc danh sách dict"
    ),
    "{argument}: the columns are of different lengths: {said}": (
        "{argument}: các cột dài ngắn khác nhau: {said}"
    ),
    "{name}: {values}": "{name}: {values}",
    "party_{side} (or cow_{side}, gw_{side}, iso3_{side} …)": (
        "party_{side} (hoặc cow_{side}, gw_{side}, iso3_{side} …)"
    ),
    (
        "{argument}: say which column of your table has {said}, as in {{'cow_a': 'ccode1', "
        "'cow_b': 'ccode2', 'year': 'year'}}"
    ): (
        "{argument}: hãy nêu cột nào trong bảng của bạn có {said}, như {{'cow_a': "
        "'ccode1', 'cow_b': 'ccode2', 'year': 'year'}}"
    ),
    "{argument}: side {side} has two keys: give one of them": (
        "{argument}: bên {side} có hai khóa: hãy nêu một khóa"
    ),
    "{argument}: the times of this panel are {times}": (
        "{argument}: các cột thời gian của bảng này là {times}"
    ),
    (
        "{argument}: expected your column by that of the panel, such as {{'year': "
        "'Year'}}, got {given!r}"
    ): (
        "{argument}: cần tên cột của bạn theo tên cột của bảng, như {{'year': 'Year'}}, "
        "không phải {given!r}"
    ),
    "{argument}: expected 'end' or 'start'{other}, got {at!r}": (
        "{argument}: cần 'end' hoặc 'start'{other}, không phải {at!r}"
    ),
    ", or a day of the year such as '06-30'": ", hoặc một ngày trong năm như '06-30'",
    "{argument}: not every year has a 29 February. Take '02-28' or '03-01'": (
        "{argument}: không phải năm nào cũng có ngày 29 tháng 2. Hãy lấy '02-28' hoặc '03-01'"
    ),
    "{argument}: {at!r} is not a valid day of the year": (
        "{argument}: {at!r} không phải là một ngày trong năm"
    ),
    (
        "{argument}: expected a table that panel(…) of this log or view returned. The "
        "events behind a panel are those of the log that made it: ask that one"
    ): (
        "{argument}: cần một bảng do panel(…) của chính nhật ký hoặc khung nhìn này trả "
        "về. Các sự kiện sau một bảng là của nhật ký đã tạo ra bảng đó: hãy hỏi nhật ký ấy"
    ),
    # --- spells ---
    "{argument}: {track} is not about dyads: it has no spells": (
        "{argument}: {track} không phải về cặp bên nên không có giai đoạn"
    ),
    "{argument}: expected a function of a state, got {value!r}": (
        "{argument}: cần một hàm của trạng thái, không phải {value!r}"
    ),
    (
        "{argument}: {track} has no value of its own, only {known}. Give value=, a "
        "function that returns a text for a state of the track"
    ): (
        "{argument}: {track} không có giá trị riêng, chỉ có {known}. Hãy đưa value=, một "
        "hàm trả về chuỗi ký tự cho một trạng thái của track"
    ),
    (
        "a view by earliest dates has no spells: ask the log itself, whose spells begin "
        "and end on an earliest and a latest day"
    ): (
        "khung nhìn theo ngày sớm nhất không có giai đoạn: hãy hỏi chính nhật ký, nơi mỗi "
        "giai đoạn bắt đầu và kết thúc vào một ngày sớm nhất và một ngày muộn nhất"
    ),
    # --- the log, its views and claims ---
    (
        "{streams}: a machine coded these events and nobody has checked them, so they are "
        "not merged with facts by mistake. Ask them apart, or merge them by "
        "log.with_leads(leads.log)"
    ): (
        "{streams}: các sự kiện này do máy mã hóa và chưa ai kiểm tra nên không được gộp "
        "nhầm với dữ kiện. Hãy hỏi riêng, hoặc gộp bằng log.with_leads(leads.log)"
    ),
    "the leads": "các tin chưa kiểm chứng",
    "{argument}: expected that of another log, got {reference!r}": (
        "{argument}: cần dữ liệu tham chiếu của một nhật ký khác, không phải {reference!r}"
    ),
    "the log holds {streams}: name one with stream=": (
        "nhật ký có {streams}: hãy nêu một bộ bằng stream="
    ),
    "name one of the log's streams with stream=, it holds: {held}": (
        "hãy nêu một bộ dữ liệu của nhật ký bằng stream=, hiện có: {held}"
    ),
    "a view cannot be {what}: it shows a log {description}. Take the log itself": (
        "không thể {what} một khung nhìn: nó cho thấy nhật ký {description}. Hãy dùng chính nhật ký"
    ),
    "appended to": "ghi thêm vào",
    "appended to a store": "ghi vào kho",
    "merged": "gộp",
    "updated": "cập nhật",
    "written": "ghi ra tệp",
    (
        "{argument}: a claim of a stream needs id= and source=, got {claim!r}. To ask "
        "about it alone, give it to verify()"
    ): (
        "{argument}: nhận định của một bộ dữ liệu cần có id= và source=, nhận được "
        "{claim!r}. Để chỉ hỏi về nhận định đó, hãy đưa vào verify()"
    ),
    "{argument}: expected one of diplorel.claims, such as LevelClaim, got {claim!r}": (
        "{argument}: cần một nhận định trong diplorel.claims, như LevelClaim, không phải {claim!r}"
    ),
    "the moment": "thời điểm này",
    "what is given": "nội dung được đưa vào",
    (
        "{what} is recorded {moment}, and now is {now}: a stream that held it could not go "
        "on before then. Correct the moment, or pass ahead=True (--ahead) if it is right"
    ): (
        "{what} được ghi lúc {moment}, trong khi hiện là {now}: bộ dữ liệu có bản ghi đó sẽ "
        "không thể tiếp tục trước lúc ấy. Hãy sửa thời điểm, hoặc dùng ahead=True "
        "(--ahead) nếu đúng"
    ),
    (
        "the clock says {now}, more than {years} years after the last record, {last}. Set "
        "the clock, or pass ahead=True (--ahead) if it is right"
    ): (
        "đồng hồ chỉ {now}, hơn {years} năm sau bản ghi cuối, {last}. Hãy chỉnh đồng hồ, "
        "hoặc dùng ahead=True (--ahead) nếu đúng"
    ),
    (
        "the last record of {stream!r} is of {last}, and now is {now}: one of the two "
        "clocks is wrong. Set this clock; if the record is wrong, begin the stream anew "
        "(see the page 'Durable logs'); or pass ahead=True (--ahead) to record at its "
        "moment"
    ): (
        "bản ghi cuối của {stream!r} là lúc {last}, trong khi hiện là {now}: một trong hai "
        "đồng hồ sai. Hãy chỉnh đồng hồ này; nếu bản ghi sai, hãy lập lại bộ dữ liệu (xem "
        "trang 'Durable logs'); hoặc dùng ahead=True (--ahead) để ghi vào đúng lúc đó"
    ),
    (
        "{moment} lies before the last record of {stream!r}, {last}: a stream only grows at its end"
    ): (
        "{moment} sớm hơn bản ghi cuối của {stream!r}, {last}: bộ dữ liệu chỉ được ghi thêm vào "
        "cuối"
    ),
    # --- tables ---
    "column {name!r}: expected {expected} or None, got {got!r}": (
        "cột {name!r}: cần {expected} hoặc None, không phải {got!r}"
    ),
    "a text": "một chuỗi ký tự",
    "a number": "một số",
    "an integer": "một số nguyên",
    "an integer of 64 bits": "một số nguyên 64 bit",
    "a day": "một ngày",
    "one of {known}": "một trong các giá trị {known}",
    "two columns are named {names}": "có hai cột cùng tên {names}",
    "the columns are of different lengths: {said}": "các cột dài ngắn khác nhau: {said}",
    "no column {name!r}, only {known}.{hint}": "không có cột {name!r}, chỉ có {known}.{hint}",
    # --- charts ---
    (
        "no font here has the letters {letters}: install Noto Sans (the package "
        "fonts-noto-core of Debian and Ubuntu), or write the chart as SVG, whose letters "
        "are drawn by the reader's own fonts"
    ): (
        "không phông chữ nào ở đây có các chữ {letters}: hãy cài Noto Sans (gói "
        "fonts-noto-core của Debian và Ubuntu), hoặc ghi biểu đồ dưới dạng SVG, vì SVG "
        "dùng phông chữ của người đọc"
    ),
    (
        "{argument}: a chart of positions takes ranking_history(..., days='year-ends'), "
        "got days={days!r}"
    ): (
        "{argument}: biểu đồ vị trí cần ranking_history(..., days='year-ends'), không phải "
        "days={days!r}"
    ),
    (
        "{argument}: a chart of the pace takes ranking_history(..., days='changes'), got "
        "days={days!r}"
    ): (
        "{argument}: biểu đồ nhịp độ cần ranking_history(..., days='changes'), không phải "
        "days={days!r}"
    ),
    "{argument}: {name!r}, expected a name that ends in one of {known}": (
        "{argument}: {name!r}, cần một tên có đuôi là một trong {known}"
    ),
    "{argument}: {size!r}, expected 'wide' or 'narrow'": (
        "{argument}: {size!r}, cần 'wide' hoặc 'narrow'"
    ),
    # --- events drawn for tests ---
    "{name}: no strategy is known for {kind!r}. Name one: {name}=…": (
        "{name}: chưa có cách sinh giá trị cho {kind!r}. Hãy nêu một cách: {name}=…"
    ),
}
"""From the English template to the Vietnamese one."""
