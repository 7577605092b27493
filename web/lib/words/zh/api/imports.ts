/** What reading a price file says of the file, its header and its instruments. */
import type { SaidTemplate } from "../../said.ts";

export const imports: readonly SaidTemplate[] = [
  // The file as a whole.
  ["csv is empty; expected a header row, then one row a bar", "文件是空的：应有一行表头，之后每根 K 线一行"],
  [
    "csv has no header: {why}; expected a header row, then one row a bar",
    "文件没有表头：{why}；应有一行表头，之后每根 K 线一行",
  ],
  ["csv has a header and no rows: expected one row a bar", "文件只有表头，没有数据行：应每根 K 线一行"],
  [
    "csv may have {#most} characters, got {#got}: import it in parts, each with the header row",
    "文件最多 {most} 个字符，实际有 {got} 个：请分几次导入，每次都带表头",
  ],
  [
    "csv may have {#most} bytes, got {#got}: import it in parts, each with the header row",
    "文件最多 {most} 字节，实际为 {got} 字节：请分几次导入，每次都带表头",
  ],
  [
    "csv may have {#most} rows, got {#got}: import it in parts, each with the header row",
    "文件最多 {most} 行，实际有 {got} 行：请分几次导入，每次都带表头",
  ],
  [
    "csv may have {#most} {=unit}, got {=got}: import it in parts, each with the header row",
    "文件最多 {most} {unit}，实际为 {got}：请分几次导入，每次都带表头",
  ],
  [
    "csv is not text: it has bytes that are zero. Save it as CSV in UTF-8",
    "文件不是文本：其中有为零的字节。请另存为 UTF-8 编码的 CSV",
  ],
  [
    "csv is not UTF-8: line {#line} has bytes that it has not. Save it as CSV in UTF-8",
    "文件不是 UTF-8 编码：第 {line} 行有不属于它的字节。请另存为 UTF-8 编码的 CSV",
  ],
  [
    "the row of line {#line} has more than {#most} bytes, because quotes take many lines into it: is this a CSV file?",
    "第 {line} 行的数据超过 {most} 字节，因为引号把许多行并了进去：这是 CSV 文件吗？",
  ],
  [
    "line {#line} has {#n} characters, and a row may have {#most}: is this a CSV file?",
    "第 {line} 行有 {n} 个字符，而一行最多 {most} 个：这是 CSV 文件吗？",
  ],
  [
    'csv is JSON, the answer of a web service, and not a price file. It begins with {"start}. Ask the service for CSV, or read there what it complains about',
    "文件是 JSON，即网络服务的回应，而不是价格文件。开头是 {start}。请向该服务索取 CSV，或从中查看它报告的问题",
  ],
  [
    "csv is a web page (HTML), and not a price file. Download the file itself, often a button or another link on that page",
    "文件是网页（HTML），而不是价格文件。请下载文件本身，通常是该页面上的一个按钮或链接",
  ],
  [
    'csv is a web page (HTML), and not a price file: its title is {"title}. Download the file itself, often a button or another link on that page',
    "文件是网页（HTML），而不是价格文件：其标题是 {title}。请下载文件本身，通常是该页面上的一个按钮或链接",
  ],
  [
    "csv is a spreadsheet's workbook or a ZIP file: save the sheet as CSV",
    "文件是电子表格工作簿或 ZIP 文件：请把工作表另存为 CSV",
  ],
  [
    "reading this file takes more than {#mb} MB of memory: is it a table of prices? Import it in parts",
    "读取这个文件需要超过 {mb} MB 内存：这是价格表吗？请分几次导入",
  ],
  [
    "a file may have {#bytes} bytes, unpacked, and this one has more: import it in parts, each with the header row (MAX_IMPORT_BYTES sets the bound)",
    "文件解压后最多 {bytes} 字节，这个超过了：请分几次导入，每次都带表头（上限由 MAX_IMPORT_BYTES 设定）",
  ],
  ["the file begins as gzip does and cannot be unpacked: {=why}", "文件以 gzip 格式开头，但无法解压：{why}"],
  [
    "the file is missing: it comes as the last part of the form, with a file name",
    "缺少文件：它应是表单的最后一部分，并带文件名",
  ],
  [
    "this server does not keep that upload (any more), and another may: send the file again",
    "这台服务器没有（或不再）保留该上传：请重新发送文件",
  ],
  // Its header and columns.
  [
    "the first row is no header: it has {#n} cells and may have {#most}, of {#longest} characters each",
    "第一行不是表头：它有 {n} 个单元格，而最多可有 {most} 个，每个 {longest} 个字符",
  ],
  [
    "no row of the file begins on line {#line}, where its header is said to be",
    "指定的表头在第 {line} 行，但文件中没有从该行开始的数据",
  ],
  [
    'line {#line} stands above the header and was passed over: {"text}',
    "第 {line} 行在表头之上，已跳过：{text}",
  ],
  [
    '{#n} lines above the header were passed over, from line {#line}: {"text}',
    "表头之上有 {n} 行已跳过，从第 {line} 行起：{text}",
  ],
  ['line {#line} below the prices was passed over: {"text}', "价格之后的第 {line} 行已跳过：{text}"],
  [
    '{#n} lines below the prices were passed over, from line {#line}: {"text}',
    "价格之后有 {n} 行已跳过，从第 {line} 行起：{text}",
  ],
  [
    "{~field} must be {#least} to {#most}, the columns of the file, got {=got}",
    "{field}必须为 {least} 到 {most}（文件的列），实际为 {got}",
  ],
  ["{~field} must name a column of the header, got nothing", "{field}必须是表头中的一列，现为空"],
  ["{~field} names no column: {rest}", "{field}不存在：{rest}"],
  ['the header has no column {"name}: it has {names}', "表头没有 {name} 这一列：它有 {names}"],
  [
    'the header has {"name} {#n} times: rename all but one',
    "表头中 {name} 出现了 {n} 次：请只保留一个，其余改名",
  ],
  [
    "the header has {#n} columns for {column}: {columns}. Keep one, or say which one it is",
    "表头有 {n} 列可作{column}：{columns}。请只保留一列，或指明是哪一列",
  ],
  ['{"name} (column {#n})', "{name}（第 {n} 列）"],
  ["{#n} more", "另有 {n} 个"],
  [
    "the first row must be a header, and it looks like data: add a header row, or say which column is which by their positions. The header has no column for {missing}: it has {names}",
    "第一行应是表头，但看起来像数据：请添加表头，或说明没有表头并按位置指定各列。表头缺少{missing}的列：它有 {names}",
  ],
  [
    "the header has no column for {missing}: it has {names}. Say which column it is; where a file has closing prices only, that column serves as open, high, low and close",
    "表头缺少{missing}的列：它有 {names}。请指明是哪一列；如果文件只有收盘价，该列可兼作开盘价、最高价、最低价和收盘价",
  ],
  [
    "the line of a header is given, and positions for a file without one: leave one of them out",
    "既给了表头所在行，又按位置指定了各列：请只用其一",
  ],
  [
    "names of columns are given, and positions for a file without a header: leave one of them out",
    "既给了列名，又按位置指定了各列：请只用其一",
  ],
  [
    '{"name} is read as the volume, because {"first} is 0 or empty in every row',
    "成交量取自 {name}，因为 {first} 每行都是 0 或空",
  ],
  // Instruments.
  [
    "the file has {#n} instruments side by side ({=list}), and a series holds one: say which one to take",
    "文件中并列着 {n} 个证券（{list}），而一个序列只能有一个：请指明取哪个",
  ],
  [
    'the column {"name} has {=count} names ({=list}) for one instrument',
    "{name} 列对同一证券有 {count} 个名称（{list}）",
  ],
  [
    'the column {"name} has {=count} instruments ({=list}), and a series holds one: say which one to take',
    "{name} 列有 {count} 个证券（{list}），而一个序列只能有一个：请指明取哪个",
  ],
  [
    '{"wanted} is not one instrument: the column {"name} has {=count} for it ({=list}). Name one of these',
    "{wanted} 不是单一证券：{name} 列中有 {count} 个与之对应（{list}）。请指明其中之一",
  ],
  ['the file has no instrument {"wanted}: the header has {=list}', "文件中没有证券 {wanted}：表头有 {list}"],
  ['the file has no instrument {"wanted}: {places}', "文件中没有证券 {wanted}：{places}"],
  ['{"column} has {=list}', "{column} 列有 {list}"],
  [
    'the file cannot be searched for the instrument {"wanted}: it has no column such as Ticker, Symbol or Name that tells instruments apart',
    "无法在文件中查找证券 {wanted}：没有能区分证券的列（如 Ticker、Symbol 或 Name）",
  ],
  [
    '{#n} rows of other instruments were passed over: {"wanted} is taken',
    "跳过了其他证券的 {n} 行：取的是 {wanted}",
  ],
];
