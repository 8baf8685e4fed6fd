using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Csv;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>
/// The vendor's configuration file: <c>name,namespace,</c> begins a namespace, and <c>key,data,encoding</c> or
/// <c>key,file,encoding</c> stand below it, followed by <c>REPEAT</c> when the first row of the table holds the value for all.
/// </summary>
/// <remarks>
/// The vendor's tool refuses i16 and the fills, for no reason in NVS; they are accepted here. A first line with column names,
/// and lines that begin with #, are skipped.
/// </remarks>
internal static class FactorySchemaCsv
{
    private const string RepeatMark = "REPEAT";
    private const int MostFields = 4;

    public static FactorySchema Read(TextReader text, string? source)
    {
        var builder = new FactorySchemaBuilder();
        foreach (CsvRecord record in new CsvReader(text, source, comment: '#').ReadAll())
        {
            string[] fields = [.. record.Fields.Select(field => field.Trim())];
            bool isHeader = fields.Length > 1 && fields[0] == "key" && fields[1] == "type";
            if (!isHeader && fields.Any(field => field.Length > 0))
            {
                AddRow(builder, fields, record.Line, source);
            }
        }

        return builder.Build() ?? throw Invalid(source, 1, "there are no keys.", "Give lines such as: factory,namespace, and serial,data,string.");
    }

    private static void AddRow(FactorySchemaBuilder builder, string[] fields, int line, string? source)
    {
        string type = fields.Length > 1 ? fields[1] : string.Empty;
        if (fields.Skip(MostFields).Any(field => field.Length > 0))
        {
            throw Invalid(source, line, $"there are {fields.Length} fields, and {MostFields} at most have a meaning.", "A line is key,type,encoding or key,type,encoding,REPEAT.");
        }

        if (type == "namespace")
        {
            In(source, line, () => builder.Begin(fields[0]));
            return;
        }

        if (type is not ("data" or "file"))
        {
            throw Invalid(source, line, $"there is no type '{type}'.", "There are namespace, data and file.");
        }

        string mark = fields.Length == MostFields ? fields[MostFields - 1] : string.Empty;
        if (mark.Length > 0 && !mark.Equals(RepeatMark, StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid(source, line, $"'{mark}' stands behind the encoding.", $"There {RepeatMark} can stand, or nothing.");
        }

        string nameSpace = builder.Namespace ?? throw Invalid(source, line, "the key stands before the first namespace.", "Begin with a line such as: factory,namespace,");
        In(source, line, () => builder.Add(new FactoryField
        {
            Column = fields[0],
            Namespace = nameSpace,
            Key = fields[0],
            Encoding = NvsEncoding.Parse(fields.Length > 2 ? fields[2] : string.Empty),
            IsFile = type == "file",
            IsRepeated = mark.Length > 0,
        }));
    }

    private static void In(string? source, int line, Action add)
    {
        try
        {
            add();
        }
        catch (InputException error)
        {
            throw NvsErrors.At(CsvReader.Place(source, line), error, source);
        }
    }

    private static InputException Invalid(string? source, int line, string what, string advice) =>
        new(ErrorCode.CsvInvalid, $"{CsvReader.Place(source, line)}: {what}", advice) { Target = source };
}
