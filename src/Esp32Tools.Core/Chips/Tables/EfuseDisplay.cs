namespace Esp32Tools.Chips.Tables;

/// <summary>The conversion of a field's bits to a meaningful value.</summary>
public enum EfuseDisplay
{
    /// <summary>The plain bits; or the text that the table gives for the number.</summary>
    Plain,

    /// <summary>Factory MAC address: its first octet is the highest byte.</summary>
    FactoryMac,

    /// <summary>MAC address whose first octet is the lowest byte: the user's, and the calculated one of 64 bits.</summary>
    CustomMac,

    /// <summary>Purpose of a key block.</summary>
    KeyPurpose,

    /// <summary>Five-bit pin number in which 30 and 31 stand for GPIO32 and GPIO33.</summary>
    Pad,

    /// <summary>Reference voltage: 1100 mV plus 7 mV per step, top bit is the sign.</summary>
    ReferenceVoltage,

    /// <summary>ADC reading: an offset plus four times the field as two's complement.</summary>
    AdcPoint,

    /// <summary>Degrees: tenths, top bit is the sign.</summary>
    Temperature,

    /// <summary>Four times the magnitude, top bit is the sign.</summary>
    SignedTimesFour,

    /// <summary>Major silicon revision, which includes bits from outside the eFuses.</summary>
    MajorRevision,
}
