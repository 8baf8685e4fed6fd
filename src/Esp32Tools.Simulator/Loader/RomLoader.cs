using System;
using System.Globalization;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Link;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// The loader in mask ROM, as recorded (protocol.md, section 5; tests/Vectors/wire.md). Its reply header is one buffer that
/// outlives the command: the value word keeps what SYNC or READ_REG last put there, a request the ROM does not know
/// is answered with the opcode of the one before, and behind a status of two bytes stand those that a digest left there. The request buffer outlives the command as well, so that a request
/// that is too short is completed from the one before.
/// </summary>
internal sealed class RomLoader : IProgram
{
    private const int SyncReplies = 8;

    private readonly ChipMachine _chip;
    private readonly RomFlashCommands _flash;
    private readonly byte[] _oldBody = new byte[4];
    private Opcode _replyOpcode;
    private readonly byte[] _replyData = new byte[RomFlashCommands.DigestText + 4];
    private uint _value;
    private RomBlocks? _memory;

    public RomLoader(ChipMachine chip)
    {
        _chip = chip;
        _flash = new RomFlashCommands(chip);
    }

    public bool Listens => true;

    public void Start()
    {
    }

    public void Handle(InputFrame frame)
    {
        var request = new Request(frame.Payload!);
        if (!request.IsComplete || request.Direction != 0 || !Knows((Opcode)request.Opcode))
        {
            Reply(RomStatus.InvalidMessage);
            return;
        }

        _replyOpcode = (Opcode)request.Opcode;
        Buffer.BlockCopy(request.Frame, Request.HeaderLength, _oldBody, 0, Math.Min(request.BodyLength, _oldBody.Length));
        if (_chip.Faults?.Refusal(request.Opcode) is { } refusal)
        {
            Reply((RomStatus)refusal.Status);
            return;
        }

        Run(request);
    }

    // Secure download mode leaves these (protocol.md, section 11).
    private bool Knows(Opcode opcode)
    {
        bool secure = new ChipSecurity(_chip).IsClosing;
        return opcode switch
        {
            Opcode.Sync or Opcode.SpiAttach or Opcode.SpiSetParams => true,
            Opcode.ChangeBaudRate => !secure || _chip.Facts.Loader.ChangesBaudRateInSecureDownload,
            Opcode.FlashBegin or Opcode.FlashData or Opcode.FlashEnd => true,
            Opcode.GetSecurityInfo => _chip.Facts.Loader.RomSecurityInfoLength > 0,
            >= Opcode.MemBegin and <= Opcode.SpiFlashMd5 => !secure && (byte)opcode != 0x0C,
            _ => false,
        };
    }

    private void Run(Request request)
    {
        switch (_replyOpcode)
        {
            case Opcode.Sync:
                _value = LittleEndian.ReadUInt32(_oldBody, 0);
                Reply(RomStatus.Ok);
                break;
            case Opcode.ReadReg:
                ReadRegister();
                break;
            case Opcode.WriteReg:
                WriteRegisters(request);
                break;
            case Opcode.MemBegin:
                _memory = request.Size == 16 ? new RomBlocks { Data = Opcode.MemData, Address = request.Word(3) } : null;
                Reply(_memory is null ? RomStatus.InvalidMessage : RomStatus.Ok);
                if (_memory is not null)
                {
                    _chip.Ram.Add(request.Word(3), request.Word(0));
                }

                break;
            case Opcode.MemData:
                Reply(TakeMemory(request));
                break;
            case Opcode.MemEnd:
                EndMemory(request);
                break;
            case Opcode.ChangeBaudRate:
                ChangeBaudRate(request);
                break;
            case Opcode.GetSecurityInfo:
                Reply(new RomAnswer(RomStatus.Ok, SecurityInfo.Of(_chip.Facts, _chip.Efuse)));
                break;
            case Opcode.ReadFlashSlow when StubBehindPointer:
                _chip.Become(new StubLoader(_chip));
                break;
            case Opcode.FlashEnd or Opcode.FlashDeflEnd:
                EndFlash(request);
                break;
            default:
                if (_flash.Run(_replyOpcode, request) is { } answer)
                {
                    Reply(answer);
                }

                break;
        }
    }

    private void ReadRegister()
    {
        uint address = LittleEndian.ReadUInt32(_oldBody, 0);
        if (!_chip.Bus.IsMapped(address))
        {
            Crash(address);
            return;
        }

        _value = _chip.Bus.Read(address);
        Reply(RomStatus.Ok);
    }

    private void WriteRegisters(Request request)
    {
        for (int entry = 0; entry < request.Size / 16; entry++)
        {
            uint address = request.Word(4 * entry);
            if (!_chip.Bus.IsMapped(address))
            {
                Crash(address);
                return;
            }

            uint mask = request.Word((4 * entry) + 2);
            uint old = mask == uint.MaxValue ? 0 : _chip.Bus.Read(address) & ~mask;
            if (!_chip.WriteRegister(address, old | (request.Word((4 * entry) + 1) & mask)))
            {
                return;
            }

            _chip.Spend(TimeSpan.FromTicks(request.Word((4 * entry) + 3) * 10L));
        }

        // The ROM looks at the fuses after each command as well: the one that has closed the loader is refused after its work.
        Reply(new ChipSecurity(_chip).IsClosing ? RomStatus.InvalidMessage : RomStatus.Ok);
    }

    private RomStatus TakeMemory(Request request)
    {
        RomStatus status = _memory?.Take(request) ?? RomStatus.InvalidMessage;
        if (status == RomStatus.Ok)
        {
            int length = request.Size - 16;
            _chip.Bus.Load(_memory!.Address, request.Frame, Request.HeaderLength + 16, length);
            _memory.Address += (uint)length;
        }

        return status;
    }

    private void EndMemory(Request request)
    {
        if (request.Size != 8)
        {
            Reply(RomStatus.InvalidMessage);
            return;
        }

        bool stays = request.Word(0) != 0;
        bool refused = !stays && RefusesToJump && new ChipSecurity(_chip).IsSecureBoot;
        Reply(refused ? RomStatus.FailedToAct : RomStatus.Ok);
        if (stays || refused)
        {
            return;
        }

        _chip.Become(RamProgram.At(_chip, request.Word(1)));
    }

    // A ROM that does not jump under secure boot offers either no way round that, or a function pointer in RAM.
    private bool RefusesToJump => _chip.Facts.Loader.NoStubUnderSecureBoot || _chip.Facts.Loader.StubStartPointer is not null;

    private bool StubBehindPointer =>
        _chip.Facts.Loader.StubStartPointer is uint pointer && _chip.Ram.Contains(_chip.Bus.Read(pointer));

    private void ChangeBaudRate(Request request)
    {
        uint rate = request.Word(0);
        bool good = request.Size == 8 && rate != 0;
        Reply(good ? RomStatus.Ok : RomStatus.InvalidMessage);
        if (good)
        {
            _chip.Uart.SetBaudRate((int)TrueRate(rate));
        }
    }

    // The actual rate of a ROM that assumes a wrong clock frequency (protocol.md, section 8).
    private uint TrueRate(uint asked)
    {
        double taken;
        double real;
        switch (_chip.Facts.Loader.RomBaudRule)
        {
            case RomBaudRule.CalibratedByCk8M when _chip.Facts.Loader.RomClockRegister is uint register:
                taken = (_chip.Bus.Read(register) >> 7 & 0x1FF_FFFF) * 15625.0 * _chip.Efuse.Field(EfuseRole.OscillatorFrequency) / 40;
                real = taken > 33e6 ? 40e6 : 26e6;
                break;
            case RomBaudRule.AssumesCrystal:
                taken = _chip.Facts.Loader.RomCrystalMHz!(_chip.Bus.Read);
                real = _chip.CrystalMHz;
                break;
            default:
                return asked;
        }

        return taken > 0 ? (uint)(asked * (real / taken)) : asked;
    }

    private void EndFlash(Request request)
    {
        if (request.Size != 4 || !_flash.End(_replyOpcode))
        {
            Reply(RomStatus.InvalidMessage);
            return;
        }

        Reply(RomStatus.Ok);
        if (request.Word(0) == 0)
        {
            _chip.Reset(_chip.Now, ResetReason.Software);
        }
        else
        {
            _chip.Become(new ApplicationProgram(_chip), BootLog.Text(_chip.Facts.Boot.LoaderLeft));
        }
    }

    private void Crash(uint address)
    {
        if (_chip.Facts.Boot.CrashFormat is { } format)
        {
            _chip.Send(BootLog.Text(string.Format(CultureInfo.InvariantCulture, format, address)));
        }

        _chip.Halt();
    }

    private void Reply(RomStatus reason) => Reply(new RomAnswer(reason));

    private void Reply(RomAnswer answer)
    {
        if (_chip.Faults?.LosesReply((byte)_replyOpcode) == true)
        {
            return;
        }

        int length = answer.Data.Length;
        int status = _chip.Facts.Loader.RomStatusLength;
        byte[] reply = new byte[Request.HeaderLength + length + status];
        reply[0] = 1;
        reply[1] = (byte)_replyOpcode;
        LittleEndian.WriteUInt16(reply, 2, (ushort)(length + status));
        LittleEndian.WriteUInt32(reply, 4, _value);
        Buffer.BlockCopy(answer.Data, 0, reply, Request.HeaderLength, length);
        reply[Request.HeaderLength + length] = (byte)(answer.Failed ? 1 : 0);
        reply[Request.HeaderLength + length + 1] = (byte)answer.Reason;
        LeaveBehind(reply, Request.HeaderLength, length, status);
        for (int i = 0; i < (_replyOpcode == Opcode.Sync ? SyncReplies : 1); i++)
        {
            _chip.SendFrame(reply);
        }
    }

    // Two of the status bytes are never written: they are what the last digest or security report left in their place.
    private void LeaveBehind(byte[] reply, int start, int length, int status)
    {
        if (length + status > _replyData.Length)
        {
            return;
        }

        Buffer.BlockCopy(_replyData, length + 2, reply, start + length + 2, status - 2);
        Buffer.BlockCopy(reply, start, _replyData, 0, length + status);
    }
}
