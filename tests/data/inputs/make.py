"""Makes the files beside it: the same three articles in every container.

    python3 -m venv venv && venv/bin/pip install openpyxl==3.1.5 feedgen==1.0.0 warcio==1.8.1 python-docx==1.2.0
    venv/bin/python tests/data/inputs/make.py

Telegram's two forms, the answers of services, MHTML and the texts of press databases are written by hand in the shape that these programs give.
"""
import bz2, email.policy, io, json, lzma, mailbox, pathlib
from datetime import datetime, timezone
from email.message import EmailMessage

HERE = pathlib.Path(__file__).parent
SOURCE = "Чуйские вести"
ARTICLES = [
    ("Паром через залив пойдёт весной", "2026-02-05",
     ["Паром через залив пойдёт весной, рассказали в порту.",
      "«Мы ждали это судно четыре года», — сказал директор порта Олег Сафин. Оно стоит 2,5 млрд рублей.",
      "По словам капитана Анны Лисицыной, билет обойдётся в 300 рублей."]),
    ("Библиотека открылась после ремонта", "2026-02-06",
     ["Городская библиотека открылась после ремонта.",
      "«Читателей стало вдвое больше», — заявила заведующая Нина Котова.",
      "Мэр города Павел Рогов сообщил, что на ремонт ушло 40 млн рублей."]),
    ("Harbour gets a new crane", "2026-02-07",
     ["The harbour has got a new crane.",
      "“It lifts twice as much as the old one,” said Martin Hale, the harbour master.",
      "The council paid $3 million for it, according to Mayor Ruth Beck."]),
]


def out(name, data):
    (HERE / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def html(title, date, lines):
    paragraphs = "\n".join(f"<p>{line}</p>" for line in lines)
    return (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{SOURCE}">'
            f'<meta property="article:published_time" content="{date}T10:00:00+06:00"></head>'
            f"<body><article><h1>{title}</h1>\n{paragraphs}\n</article></body></html>")


def when(date):
    return datetime.fromisoformat(date).replace(hour=10, tzinfo=timezone.utc)


def feeds():
    from feedgen.feed import FeedGenerator
    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.id("https://example.org/")
    feed.title(SOURCE)
    feed.link(href="https://example.org/", rel="alternate")
    feed.description("Новости")
    feed.updated(when("2026-02-08"))
    feed.lastBuildDate(when("2026-02-08"))
    for n, (title, date, lines) in enumerate(ARTICLES, 1):
        entry = feed.add_entry(order="append")
        entry.id(f"https://example.org/{n}")
        entry.title(title)
        entry.link(href=f"https://example.org/{n}")
        entry.published(when(date))
        entry.updated(when(date))
        entry.content("".join(f"<p>{line}</p>" for line in lines), type="html")
    out("rss.xml", feed.rss_str(pretty=True))
    out("atom.xml", feed.atom_str(pretty=True))


def messages():
    made = []
    for n, (title, date, lines) in enumerate(ARTICLES, 1):
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"] = f"{SOURCE} <press@example.org>"
        message["To"] = "desk@example.com"
        message["Subject"] = title
        message["Date"] = when(date)
        message["Message-ID"] = f"<{n}@example.org>"
        text = "\n\n".join(lines) + "\n"
        if n == 1:
            # Base64 in an old encoding.
            message.set_content(text, charset="windows-1251" if "ё" in text else "utf-8", cte="base64")
        elif n == 2:
            message.set_content("".join(f"<p>{line}</p>" for line in lines), subtype="html", cte="quoted-printable")
        else:
            message.set_content(text, cte="quoted-printable")
            message.add_alternative("".join(f"<p>{line}</p>" for line in lines), subtype="html")
        made.append(message)
    out("message.eml", made[0].as_bytes())
    path = HERE / "box.mbox"
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    for message in made:
        added = mailbox.mboxMessage(message)
        added.set_from("press@example.org", when("2026-02-08").timetuple())
        box.add(added)
    box.close()


def mhtml():
    title, date, lines = ARTICLES[0]
    page = EmailMessage(policy=email.policy.SMTP)
    page["From"] = "<Saved by Blink>"
    page["Snapshot-Content-Location"] = "https://example.org/1"
    page["Subject"] = title
    page["Date"] = when("2026-03-01")
    page.set_content(html(title, date, lines), subtype="html", cte="quoted-printable", charset="utf-8")
    page.add_related(b"\x89PNG\r\n", maintype="image", subtype="png")
    out("page.mhtml", page.as_bytes())


def web_archive():
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    writer.write_record(writer.create_warcinfo_record("pages.warc.gz", {"software": "warcio"}))

    def answer(url, status, kind, body):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))

    for n, (title, date, lines) in enumerate(ARTICLES, 1):
        page = html(title, date, lines)
        if n == 2:
            old = page.replace("utf-8", "windows-1251")
            answer(f"https://example.org/{n}", "200 OK", "text/html; charset=windows-1251", old.encode("cp1251"))
        else:
            answer(f"https://example.org/{n}", "200 OK", "text/html", page.encode())
    answer("https://example.org/logo.png", "200 OK", "image/png", b"\x89PNG")
    answer("https://example.org/gone", "404 Not Found", "text/html", b"<html>gone</html>")
    out("pages.warc.gz", packed.getvalue())


def office():
    import docx, openpyxl
    title, date, lines = ARTICLES[0]
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.created = when(date)
    for line in lines:
        document.add_paragraph(line)
    document.save(HERE / "article.docx")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Заголовок", "Дата", "Источник", "Текст"])
    for title, date, lines in ARTICLES:
        sheet.append([title, datetime.fromisoformat(date), SOURCE, "\n\n".join(lines)])
    notes = book.create_sheet("Заметки")
    notes.append(["Что", "Сколько"])
    notes.append(["статей", 3])
    book.save(HERE / "articles.xlsx")


def services():
    out("newsapi.json", json.dumps({"status": "ok", "totalResults": 3, "articles": [
        {"source": {"id": None, "name": SOURCE}, "author": None, "title": title, "description": lines[0],
         "url": f"https://example.org/{n}", "urlToImage": None, "publishedAt": f"{date}T10:00:00Z", "content": "\n\n".join(lines)}
        for n, (title, date, lines) in enumerate(ARTICLES, 1)]}, ensure_ascii=False))
    out("eventregistry.json", json.dumps({"articles": {"page": 1, "pages": 1, "totalResults": 3, "results": [
        {"uri": str(n), "lang": "rus", "isDuplicate": False, "date": date, "time": "10:00:00", "dateTime": f"{date}T10:00:00Z",
         "url": f"https://example.org/{n}", "title": title, "body": "\n\n".join(lines), "source": {"uri": "example.org", "title": SOURCE}}
        for n, (title, date, lines) in enumerate(ARTICLES, 1)]}}, ensure_ascii=False))
    out("solr.json", json.dumps({"responseHeader": {"status": 0}, "response": {"numFound": 3, "docs": [
        {"id": str(n), "title": title, "date": date, "source": SOURCE, "text": "\n\n".join(lines)}
        for n, (title, date, lines) in enumerate(ARTICLES, 1)]}}, ensure_ascii=False, indent=1))
    out("gdelt.json", json.dumps({"articles": [
        {"url": f"https://example.org/{n}", "title": title, "seendate": date.replace("-", "") + "T100000Z", "domain": SOURCE,
         "language": "Russian", "sourcecountry": "Kyrgyzstan"} for n, (title, date, _) in enumerate(ARTICLES, 1)]}, ensure_ascii=False))


def telegram():
    messages = [{"id": 1, "type": "service", "date": "2026-02-01T10:00:00", "date_unixtime": "1769918400", "actor": SOURCE,
                 "action": "create_channel", "title": SOURCE, "text": "", "text_entities": []}]
    blocks = ""
    for n, (title, date, lines) in enumerate(ARTICLES, 2):
        first, *rest = lines
        text = [{"type": "bold", "text": first}, "\n\n" + "\n\n".join(rest)]
        messages.append({"id": n, "type": "message", "date": f"{date}T10:00:00", "date_unixtime": str(int(when(date).timestamp())),
                         "from": SOURCE, "from_id": "channel1", "text": text, "text_entities": []})
        day = ".".join(reversed(date.split("-")))
        body = f"<strong>{first}</strong><br><br>" + "<br><br>".join(rest)
        blocks += (f'     <div class="message default clearfix" id="message{n}">\n      <div class="body">\n'
                   f'       <div class="pull_right date details" title="{day} 10:00:00 UTC+06:00">\n10:00\n       </div>\n'
                   f'       <div class="from_name">\n{SOURCE}\n       </div>\n       <div class="text">\n{body}\n       </div>\n      </div>\n     </div>\n')
    out("telegram.json", json.dumps({"name": SOURCE, "type": "public_channel", "id": 1, "messages": messages}, ensure_ascii=False, indent=1))
    out("telegram.html",
        '<!DOCTYPE html>\n<html>\n <head>\n  <meta charset="utf-8"/>\n<title>Exported Data</title>\n </head>\n <body>\n  <div class="page_wrap">\n'
        f'   <div class="page_header">\n    <div class="content">\n     <div class="text bold">\n{SOURCE}\n     </div>\n    </div>\n   </div>\n'
        '   <div class="page_body chat_page">\n    <div class="history">\n     <div class="message service" id="message-1">\n'
        '      <div class="body details">\n5 February 2026\n      </div>\n     </div>\n'
        f"{blocks}    </div>\n   </div>\n  </div>\n </body>\n</html>\n")


def packed():
    text = "\n\n".join(ARTICLES[0][2]).encode()
    out("article.txt.bz2", bz2.compress(text))
    out("article.txt.xz", lzma.compress(text))


def wrapped(lines, width=78):
    import textwrap
    return "\n\n".join(textwrap.fill(line, width) for line in lines)


def press():
    nexis = ""
    uni = ""
    codes = ""
    plain = ""
    integrum = ""
    for n, (title, date, lines) in enumerate(ARTICLES, 1):
        day = datetime.fromisoformat(date)
        american = day.strftime("%B %-d, %Y %A")
        british = day.strftime("%-d %B %Y")
        words = sum(len(line.split()) for line in lines)
        nexis += (f"\n\n{' ' * 31}{n} of 3 DOCUMENTS\n\n\n{' ' * 30}{SOURCE}\n\n{' ' * 25}{american}\n\n{title}\n\n"
                  f"BYLINE: Anna Kim\n\nSECTION: NEWS; Pg. 3\n\nLENGTH: {words} words\n\n\n{wrapped(lines)}\n\n"
                  f"LOAD-DATE: {american}\n\nLANGUAGE: RUSSIAN\n\nPUBLICATION-TYPE: Newspaper\n\n\n{' ' * 20}Copyright 2026 {SOURCE}\n"
                  f"{' ' * 25}All Rights Reserved\n")
        uni += (f"{title}\n{SOURCE}\n{american}\n\nCopyright 2026 {SOURCE} All Rights Reserved\n\nSection: NEWS; Pg. 3\n"
                f"Length: {words} words\nByline: Anna Kim\n\nBody\n\n\n" + "\n\n".join(lines) +
                f"\n\nGraphic\n\nphoto\n\nLoad-Date: {american}\n\n\nEnd of Document\n\n")
        number = f"CHUY0000{date.replace('-', '')}em2500{n}x1"
        codes += (f"SE  News\nHD  {title}\nBY  Anna Kim\nWC  {words} words\nPD  {british}\nSN  {SOURCE}\nSC  CHUY\nLA  Russian\n"
                  f"CY  © 2026\n\nLP  \n{lines[0]}\n\nTD  \n" + "\n\n".join(lines[1:]) +
                  f"\n\nCO  port : Port\nNS  gcat : Political/General News\nAN  Document {number}\n\n")
        plain += (f"News\n{title}\nBy Anna Kim\n{words} words\n{british}\n{SOURCE}\nCHUY\n3\nRussian\n© 2026 {SOURCE}\n\n" +
                  "\n\n".join(lines) + f"\n\nDocument {number}\n\n")
        integrum += (f"Документ {n} из 3\n\nИсточник: {SOURCE}\nДата выпуска: {day.strftime('%d.%m.%Y')}\nНомер выпуска: {n}\n"
                     f"Заглавие: {title}\nАвтор: Анна Ким\n\n" + "\n\n".join(lines) + "\n\n")
    out("nexis.txt", nexis)
    out("nexis-uni.txt", uni)
    out("factiva-codes.txt", codes + "Search Summary\nText  port\nDate  In the last year\n")
    out("factiva.txt", plain)
    out("integrum.txt", integrum.encode("cp1251", "replace"))
    out("labels.txt", integrum.replace("Документ 1 из 3\n\n", "").replace("Документ 2 из 3\n\n", "").replace("Документ 3 из 3\n\n", ""))
    out("split.txt", "".join(f"### {n}\n@заголовок {title}\n@день {date}\n@где {SOURCE}\n" + "\n".join(lines) + "\n"
                             for n, (title, date, lines) in enumerate(ARTICLES, 1)))


for make in (press, feeds, messages, mhtml, web_archive, office, services, telegram, packed):
    make()
