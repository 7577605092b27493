/** What a run's log says of it, how it failed, and what engines are. */
import type { SaidTemplate } from "../../said.ts";

export const events: readonly SaidTemplate[] = [
  // Its way.
  ["Training on {engine} ({device}).", "用 {engine} 引擎（{device}）训练。"],
  [
    "Going on after epoch {#epoch} on {engine} ({device}).",
    "第 {epoch} 轮之后，用 {engine} 引擎（{device}）继续训练。",
  ],
  [
    "{gaveUp} {failing} ({reason}): {~engine} ({device}) trains it instead.",
    "{gaveUp} {failing}（{reason}），改由 {engine} 引擎（{device}）训练。",
  ],
  ["cannot hold this model", "容不下这个模型"],
  ["lost its device again and again", "一再失去设备"],
  ["could not be used", "无法使用"],
  [
    "{engine} lost its device ({reason}): it is opened anew, and training goes on from the newest checkpoint, after epoch {#epoch}.",
    "{engine} 失去了设备（{reason}）：正在重新打开，训练从第 {epoch} 轮之后的最新检查点继续。",
  ],
  [
    "{engine} lost its device ({reason}): it is opened anew, and training goes on from the start.",
    "{engine} 失去了设备（{reason}）：正在重新打开，训练从头继续。",
  ],
  ["The worker gave the run back.", "工作进程交还了这次运行。"],
  [
    "The worker gave the run back, because it could not reach the store of checkpoints.",
    "工作进程连不上检查点存储，交还了这次运行。",
  ],
  ["Training goes on as soon as a worker is free.", "一有空闲的工作进程就继续训练。"],
  [
    "Training goes on after epoch {#epoch} as soon as a worker is free.",
    "一有空闲的工作进程，就从第 {epoch} 轮之后继续训练。",
  ],
  ["Cancelled after epoch {#epoch}.", "在第 {epoch} 轮之后取消。"],
  ["Cancelled before training began.", "训练开始前已取消。"],
  ["Cancelled. The worker that trained it was lost meanwhile.", "已取消。负责训练的工作进程在此期间失联。"],
  [
    "Stopped before an epoch was through: there is nothing to score, so it is cancelled.",
    "一轮未完成就已停止：没有可评分的内容，因此取消。",
  ],
  ["Done.", "完成。"],
  ["The scores are those of epoch {#epoch}, the best one.", "得分取自最佳的第 {epoch} 轮。"],
  [
    "Stopped early after epoch {#epoch} of {#epochs}: the validation loss has not improved for {#n} epochs.",
    "第 {epoch} 轮（共 {epochs} 轮）后提前停止：验证损失已 {n} 轮没有改善。",
  ],
  [
    "Stopped early after epoch {#epoch} of {#epochs}: the validation loss has not improved for {#n} epoch.",
    "第 {epoch} 轮（共 {epochs} 轮）后提前停止：验证损失已 {n} 轮没有改善。",
  ],
  [
    "Stopped early after epoch {#epoch} of {#epochs}: the training loss has not improved for {#n} epochs.",
    "第 {epoch} 轮（共 {epochs} 轮）后提前停止：训练损失已 {n} 轮没有改善。",
  ],
  [
    "Stopped early after epoch {#epoch} of {#epochs}: the training loss has not improved for {#n} epoch.",
    "第 {epoch} 轮（共 {epochs} 轮）后提前停止：训练损失已 {n} 轮没有改善。",
  ],
  [
    "Stopped by request after epoch {#epoch} of {#epochs}.",
    "应要求在第 {epoch} 轮（共 {epochs} 轮）后停止。",
  ],
  ["The run waited for {#s} s and goes on now: {why}.", "运行等待了 {s} 秒，现在继续：{why}。"],
  ["the database had no space left", "数据库曾没有剩余空间"],
  ["the database had no memory left", "数据库曾没有剩余内存"],
  ["the database was at a limit of its configuration", "数据库曾达到其配置的上限"],
  ["the database could not read or write its files", "数据库曾无法读写文件"],
  [
    "The worker that trained it was lost. It goes on after epoch {#epoch} as soon as a worker is free.",
    "负责训练的工作进程失联。一有空闲的工作进程，就从第 {epoch} 轮之后继续。",
  ],
  [
    "The worker that trained it was lost. It starts again as soon as a worker is free.",
    "负责训练的工作进程失联。一有空闲的工作进程就重新开始。",
  ],
  [
    "The worker that trained it was lost {#times} times, so it is not tried again. The machine may run out of memory: try a smaller batch or smaller layers.",
    "负责训练的工作进程已失联 {times} 次，不再重试。机器可能内存不足：请减小批大小或层的规模。",
  ],
  [
    "Resumed: training goes on after epoch {#epoch} as soon as a worker is free.",
    "已恢复：一有空闲的工作进程，就从第 {epoch} 轮之后继续训练。",
  ],
  [
    "Resumed: training begins again as soon as a worker is free.",
    "已恢复：一有空闲的工作进程就重新开始训练。",
  ],
  [
    "{missing} was asked for but is not available on the worker that took the run ({reason}): {~engine} trains it instead.",
    "指定了 {missing}，但接手运行的工作进程上没有（{reason}），改由 {engine} 训练。",
  ],
  [
    "Training began on {missing} and goes on with {engine}, because the worker that took it over has no {again}: the last digits differ from those of an undisturbed run.",
    "训练由 {missing} 开始，改由 {engine} 继续，因为接手的工作进程没有 {again}：结果的末几位数字会与未中断的运行不同。",
  ],
  ["it was not looked for", "未曾查找"],
  // How it failed.
  [
    "The loss stopped being a number in epoch {#epoch}: try a learning rate of {#smaller} or less (now {#now}), and if that does not help, clip the gradient, to a norm of 1 for instance.",
    "第 {epoch} 轮时损失不再是数字：请把学习率降到 {smaller} 或更低（现为 {now}）；若仍无效，请裁剪梯度，例如裁到范数 1。",
  ],
  [
    "The loss stopped being a number in epoch {#epoch}: try a learning rate of {#smaller} or less (now {#now}).",
    "第 {epoch} 轮时损失不再是数字：请把学习率降到 {smaller} 或更低（现为 {now}）。",
  ],
  ["The series no longer allows this configuration: {why}.", "该序列已不适用这份配置：{why}。"],
  [
    "The engine cannot hold this model: {why}. Choose smaller layers or another engine.",
    "引擎容不下这个模型：{why}。请减小层的规模，或换一个引擎。",
  ],
  [
    "The device went away while it trained, again and again, and no other can train here: {why}.",
    "训练时设备一再消失，这里也没有其他设备可用：{why}。",
  ],
  ["The engine could not be used: {why}", "引擎无法使用：{why}"],
  [
    "What was trained could not be stored: {why}, each time that it was tried. Start the run again when the database has less to do. The worker's log has more, under {=reference}.",
    "训练结果无法保存，每次尝试都是：{why}。请在数据库不忙时重新运行。工作进程的日志中有更多信息，编号 {reference}。",
  ],
  [
    "the database did not do it within {#s} s, and nothing of it is stored",
    "数据库未能在 {s} 秒内完成，什么都没有保存",
  ],
  [
    "Something went wrong in Gatecast itself. The worker's log says what, under {=reference}.",
    "Gatecast 自身出错。详见工作进程的日志，编号 {reference}。",
  ],
  // Shapes that an engine does not take.
  [
    "{what} must be a whole number from {#least} to {#most}, got {=got}",
    "{what}必须是 {least} 到 {most} 的整数，实际为 {got}",
  ],
  ["the number of layers", "层数"],
  ["units of layer {#n}", "第 {n} 层的单元数"],
  [
    "dropout of layer {#n} must be at least 0 and below 1, got {=got}",
    "第 {n} 层的随机失活必须不小于 0 且小于 1，实际为 {got}",
  ],
  [
    "{.device} has no room for another {#mib} MiB: choose a smaller batch, window or model",
    "{device} 放不下另外 {mib} MiB：请减小批大小、窗口或模型",
  ],
  [
    "{=device} has no room for another {#mib} MiB: choose a smaller batch, window or model",
    "{device} 放不下另外 {mib} MiB：请减小批大小、窗口或模型",
  ],
  [
    "the {=what} take {#bytes} bytes; {=device} binds at most {#most}: train on fewer rows, windows or features",
    "{what} 占用 {bytes} 字节，{device} 最多绑定 {most} 字节：请减少行数、窗口数或字段",
  ],
  [
    "{#models} model(s) with a window of {#window}, {#rows} window(s) at once need {need}; {limit}",
    "{models} 个窗口为 {window} 的模型，同时处理 {rows} 个窗口，需要 {need}；{limit}",
  ],
  ["{#n} bytes for {=name}", "{n} 字节（{name}）"],
  ["{#n} bytes", "{n} 字节"],
  [
    "{#models} model(s) with a window of {#window}, {#rows} window(s) at once need {#n} bytes in all",
    "{models} 个窗口为 {window} 的模型，同时处理 {rows} 个窗口，共需 {n} 字节",
  ],
  ["{#n} workgroups", "{n} 个工作组"],
  ["this device binds at most {size}", "该设备最多绑定 {size}"],
  ["this device starts at most {#n}", "该设备最多启动 {n} 个"],
  [
    "a layer's time step needs {#bytes} bytes of workgroup memory; this device has {#has}",
    "一层的一个时间步需要 {bytes} 字节工作组内存，该设备有 {has} 字节",
  ],
];
