using System;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Link;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// A flasher stub in RAM, as recorded (protocol.md, section 5; tests/Vectors/wire.md): block data is acknowledged before the work,
/// and an error of the work is the answer to the next request, which is then not carried out.
/// </summary>
internal sealed class StubLoader : IProgram
{
    private const int SyncReplies = 8;
    private const int StatusLength = 2;
    private const int BlockHeader = 16;
    private static readonly byte[] s_greeting = [(byte)'O', (byte)'H', (byte)'A', (byte)'I'];

    private readonly ChipMachine _chip;
    private readonly FlashCells _cells;
    private readonly StubFlashCommands _flash;
    private int _rubbishBurst = -1;
    private StubStatus _late;
    private StubStream? _stream;
    private uint _memoryAddress;
    private uint _memoryLeft;

    public StubLoader(ChipMachine chip)
    {
        _chip = chip;
        _cells = new FlashCells(chip, chip.Facts.Loader.StubReachesAbove16MB ? uint.MaxValue : FlashCells.ShortReach);
        _flash = new StubFlashCommands(chip, _cells);
    }

    public bool Listens => true;

    public void Start()
    {
        // The stub connects the flash by itself.
        _chip.Spi.IsAttached = true;
        _chip.SendFrame(s_greeting);
    }

    public void Handle(InputFrame frame)
    {
        byte[] payload = frame.Payload!;
        if (_stream is { } stream && payload.Length == 4)
        {
            stream.Acknowledge(payload);
            _stream = stream.IsOver ? null : stream;
            return;
        }

        var request = new Request(payload);
        if (!request.IsComplete || frame.Burst == _rubbishBurst)
        {
            // Recorded (noise-before-frame): noise is not answered, and a frame right after it is lost with it.
            _rubbishBurst = frame.Burst;
            return;
        }

        _stream = null;
        Run(request);
    }

    private void Run(Request request)
    {
        StubStatus status = Judge(request);
        if (status != StubStatus.Ok)
        {
            Reply(request, status);
            return;
        }

        switch ((Opcode)request.Opcode)
        {
            case Opcode.Sync:
                for (int i = 0; i < SyncReplies; i++)
                {
                    Reply(request, StubStatus.Ok);
                }

                break;
            case Opcode.ReadReg:
                Reply(request, StubStatus.Ok, value: _chip.Bus.Read(request.Word(0)));
                break;
            case Opcode.WriteReg:
                WriteRegisters(request);
                break;
            case Opcode.ChangeBaudRate:
                Reply(request, StubStatus.Ok);
                _chip.Uart.SetBaudRate((int)request.Word(0));
                break;
            case Opcode.MemBegin:
                _memoryLeft = request.Word(0);
                _memoryAddress = request.Word(3);
                _chip.Ram.Add(_memoryAddress, _memoryLeft);
                Reply(request, StubStatus.Ok);
                break;
            case Opcode.MemData:
                Reply(request, TakeMemory(request));
                break;
            case Opcode.MemEnd:
                EndMemory(request);
                break;
            case Opcode.GetSecurityInfo:
                Reply(request, StubStatus.Ok, SecurityInfo.Of(_chip.Facts, _chip.Efuse));
                break;
            case Opcode.RunUserCode:
                break;
            case Opcode.ReadFlash:
                ReadFlash(request);
                break;
            case Opcode.FlashData or Opcode.FlashDeflData:
                TakeBlock(request);
                break;
            default:
                Answer(request, _flash.Run(request));
                break;
        }
    }

    // The reasons to refuse a request before any work, in this order.
    private StubStatus Judge(Request request)
    {
        if (request.Direction != 0)
        {
            return StubStatus.UnknownCommand;
        }

        if (request.Size != request.BodyLength)
        {
            return StubStatus.BadLength;
        }

        if (_late != StubStatus.Ok)
        {
            StubStatus late = _late;
            _late = StubStatus.Ok;
            return late;
        }

        var opcode = (Opcode)request.Opcode;
        if (_chip.Faults?.Refusal(request.Opcode) is { } refusal)
        {
            return (StubStatus)(refusal.Status << 8);
        }

        return opcode switch
        {
            Opcode.Sync or Opcode.RunUserCode or Opcode.EraseFlash => StubStatus.Ok,
            Opcode.GetSecurityInfo => _chip.Facts.Loader.RomSecurityInfoLength > 0 ? StubStatus.Ok : StubStatus.NotImplemented,
            Opcode.ReadReg or Opcode.SpiAttach or Opcode.FlashEnd or Opcode.FlashDeflEnd => HasLength(request, 4),
            Opcode.MemEnd or Opcode.ChangeBaudRate or Opcode.EraseRegion => HasLength(request, 8),
            Opcode.MemBegin or Opcode.SpiFlashMd5 or Opcode.ReadFlash => HasLength(request, 16),
            Opcode.SpiSetParams => HasLength(request, 24),
            Opcode.FlashBegin or Opcode.FlashDeflBegin => request.Size == 16 ? StubStatus.Ok : HasLength(request, 20),
            Opcode.WriteReg or Opcode.MemData => request.Size < BlockHeader ? StubStatus.NotEnoughData : StubStatus.Ok,
            Opcode.FlashData or Opcode.FlashDeflData => JudgeBlock(request),
            >= Opcode.FirstPlugin and <= Opcode.LastPlugin => StubStatus.NotImplemented,
            _ => StubStatus.UnknownCommand,
        };
    }

    private static StubStatus HasLength(Request request, int length) =>
        request.Size == length ? StubStatus.Ok : StubStatus.BadLength;

    private StubStatus JudgeBlock(Request request)
    {
        if (!_flash.Expects((Opcode)request.Opcode))
        {
            return StubStatus.NotInFlashMode;
        }

        int length = request.Size - BlockHeader;
        if (length < 0 || request.Word(0) > length)
        {
            return StubStatus.NotEnoughData;
        }

        if (request.Word(0) < length)
        {
            return StubStatus.TooMuchData;
        }

        byte sum = BlockChecksum.Of(request.Frame, Request.HeaderLength + BlockHeader, length);
        return sum == request.Checksum ? StubStatus.Ok : StubStatus.BadChecksum;
    }

    private void TakeBlock(Request request)
    {
        Reply(request, StubStatus.Ok);
        _late = _flash.Store(request.Frame, Request.HeaderLength + BlockHeader, request.Size - BlockHeader);
    }

    private void WriteRegisters(Request request)
    {
        for (int entry = 0; entry < request.Size / 16; entry++)
        {
            // The delay of an entry comes before its write (protocol.md, section 5).
            _chip.Spend(TimeSpan.FromTicks(request.Word((4 * entry) + 3) * 10L));
            uint address = request.Word(4 * entry);
            uint mask = request.Word((4 * entry) + 2);
            uint old = mask == uint.MaxValue ? 0 : _chip.Bus.Read(address) & ~mask;
            if (!_chip.WriteRegister(address, old | (request.Word((4 * entry) + 1) & mask)))
            {
                return;
            }
        }

        Reply(request, StubStatus.Ok);
    }

    private StubStatus TakeMemory(Request request)
    {
        int length = request.Size - BlockHeader;
        if (length > _memoryLeft)
        {
            return StubStatus.TooMuchData;
        }

        _chip.Bus.Load(_memoryAddress, request.Frame, Request.HeaderLength + BlockHeader, length);
        _memoryAddress += (uint)length;
        _memoryLeft -= (uint)length;
        return StubStatus.Ok;
    }

    private void EndMemory(Request request)
    {
        Reply(request, StubStatus.Ok);
        if (request.Word(0) == 0)
        {
            _chip.Become(RamProgram.At(_chip, request.Word(1)));
        }
    }

    private void ReadFlash(Request request)
    {
        uint packet = request.Word(2);
        if (!_flash.IsInside(request.Word(0), request.Word(1)))
        {
            Reply(request, StubStatus.FlashFailed);
            return;
        }

        Reply(request, StubStatus.Ok);
        if (packet is 0 or > 4096)
        {
            _late = StubStatus.BadLength;
            return;
        }

        uint inFlight = Math.Max(1, Math.Min(request.Word(3), (uint)_chip.Options.StubFramesInFlight));
        var stream = new StubStream(_chip, _cells, request.Word(0), request.Word(1), packet, inFlight);
        stream.Begin();
        _stream = stream.IsOver ? null : stream;
    }

    private void Answer(Request request, (StubStatus Status, byte[] Data)? answer)
    {
        if (answer is { } found)
        {
            Reply(request, found.Status, found.Data);
            _flash.AfterReply();
        }
    }

    private void Reply(Request request, StubStatus status, byte[]? data = null, uint value = 0)
    {
        if (_chip.Faults?.LosesReply(request.Opcode) == true)
        {
            return;
        }

        int length = data?.Length ?? 0;
        byte[] reply = new byte[Request.HeaderLength + length + StatusLength];
        reply[0] = 1;
        reply[1] = request.Opcode;
        LittleEndian.WriteUInt16(reply, 2, (ushort)(length + StatusLength));
        LittleEndian.WriteUInt32(reply, 4, value);
        if (data is not null)
        {
            Buffer.BlockCopy(data, 0, reply, Request.HeaderLength, length);
        }

        reply[Request.HeaderLength + length] = (byte)((ushort)status >> 8);
        reply[Request.HeaderLength + length + 1] = (byte)status;
        _chip.SendFrame(reply);
    }
}
