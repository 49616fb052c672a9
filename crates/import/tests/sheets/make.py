"""Makes the workbooks beside this file: `python make.py`, with openpyxl, xlwt, msoffcrypto-tool and LibreOffice.

An invented table of standards with everything that a sheet may hide or display otherwise than it is stored.
"""

import datetime
import subprocess

import openpyxl
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Font

HEAD = ["类别", "项目", "标准", "", "比例", "执行日期", "备注"]
HEAD2 = ["", "", "城市", "农村", "", "", ""]
DATE = 'yyyy"年"m"月"d"日"'
ROWS = [
    ("社会救助", "低保", 730, 510.5, 0.85, datetime.date(2024, 1, 1), "按月发放"),
    ("", "特困供养", 949, 663.65, 0.075, datetime.date(2024, 7, 15), ""),
    ("隐藏的类别", "旧标准", 1, 2, 0.3, datetime.date(2020, 1, 1), "不再执行"),
    ("老年福利", "高龄津贴", 1100, 96, 1, datetime.date(2023, 12, 31), "00123"),
]
FORMATS = ["@", "@", '#,##0.00"元"', '0.00"元"', "0.0%", DATE, "@"]


def openpyxl_workbook(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "标准"
    sheet.append(["通渭县2024年社会救助标准一览表"])
    sheet.merge_cells("A1:G1")
    sheet.append(["填报单位：通渭县民政局"])
    sheet.append(HEAD)
    sheet.append(HEAD2)
    for row in ROWS:
        sheet.append(list(row))
        for cell, code in zip(sheet[sheet.max_row], FORMATS):
            cell.number_format = code
    sheet.append(["临时救助", "小额救助", "#N/A", 300, 0.5, "随时", "旧的规定"])
    sheet["C9"].data_type = "e"
    sheet["G9"].font = Font(strike=True)
    for cell, code in zip(sheet[9], FORMATS):
        cell.number_format = code
    for area in ["A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "G3:G4", "A5:A6"]:
        sheet.merge_cells(area)
    sheet.append([])
    sheet.append(["注：本表自印发之日起执行。"])
    sheet.row_dimensions[7].hidden = True
    sheet["H5"], sheet["H3"] = "经办人张三", "经办"
    sheet.column_dimensions["H"].hidden = True

    phones = book.create_sheet("联系电话")
    phones.append(["单位", "电话", "周五上班"])
    phones.append(["民政局", "0932-5550000", True])
    phones.append(["残联", "0932-5551111", False])

    draft = book.create_sheet("底稿")
    draft.append(["不公开", 1])
    draft.sheet_state = "hidden"
    book.save(path)


def xlwt_workbook(path, since_1904=False):
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    sheet = book.add_sheet("标准")
    styles = [xlwt.easyxf(num_format_str=code) for code in FORMATS]
    epoch = datetime.date(1904, 1, 1) if since_1904 else datetime.date(1899, 12, 30)
    sheet.write_merge(0, 0, 0, 6, "通渭县2024年社会救助标准一览表")
    sheet.write(1, 0, "填报单位：通渭县民政局")
    for column, name in enumerate(HEAD):
        if column in (2, 3):
            sheet.write(3, column, HEAD2[column])
        else:
            sheet.write_merge(2, 3, column, column, name)
    sheet.write_merge(2, 2, 2, 3, "标准")
    for n, row in enumerate(ROWS):
        for column, (value, style) in enumerate(zip(row, styles)):
            if isinstance(value, datetime.date):
                value = (value - epoch).days
            if column == 0 and n in (0, 1):
                continue
            sheet.write(4 + n, column, value, style)
    sheet.write_merge(4, 5, 0, 0, "社会救助")
    sheet.write(9, 0, "注：本表自印发之日起执行。")
    sheet.row(6).hidden = True
    sheet.write(4, 7, "经办人张三")
    sheet.col(7).hidden = True
    draft = book.add_sheet("底稿")
    draft.write(0, 0, "不公开")
    draft.visibility = 1
    book.save(path)


if __name__ == "__main__":
    openpyxl_workbook("openpyxl.xlsx")
    with open("openpyxl.xlsx", "rb") as plain, open("locked.xlsx", "wb") as locked:
        OOXMLFile(plain).encrypt("password", locked)
    xlwt_workbook("xlwt.xls")
    xlwt_workbook("xlwt-1904.xls", since_1904=True)
    for kind, name in [("xls:MS Excel 97", "libreoffice.xls"), ("xlsx", "libreoffice.xlsx")]:
        made = kind.split(":")[0]
        command = ["soffice", "--headless", "--convert-to", kind, "--outdir", "made", "openpyxl.xlsx"]
        subprocess.run(command, check=True)
        subprocess.run(["mv", f"made/openpyxl.{made}", name], check=True)
    subprocess.run(["rmdir", "made"], check=True)
