using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Module;

/// <summary>A host with somebody at the prompt: gives the answers that are queued, and presses Enter alone when none is left.</summary>
public sealed class AnsweringHost : PSHost
{
    private readonly AnsweringUI _ui = new AnsweringUI();

    public Queue<string> Answers { get { return _ui.Answers; } }

    /// <summary>The questions that were asked: caption, message, and the label of the default.</summary>
    public List<string[]> Questions { get { return _ui.Questions; } }

    /// <summary>Warnings that were shown to the person, however they came.</summary>
    public List<string> Warnings { get { return _ui.Warnings; } }

    public int NestedPrompts { get; private set; }

    public override string Name { get { return "Answering"; } }

    public override Version Version { get { return new Version(1, 0); } }

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI { get { return _ui; } }

    public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }

    public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }

    public override void EnterNestedPrompt() { NestedPrompts++; }

    public override void ExitNestedPrompt() { }

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    public override void SetShouldExit(int exitCode) { }

    private sealed class AnsweringUI : PSHostUserInterface
    {
        public Queue<string> Answers { get; } = new Queue<string>();

        public List<string[]> Questions { get; } = new List<string[]>();

        public List<string> Warnings { get; } = new List<string>();

        public override PSHostRawUserInterface RawUI { get { return null; } }

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Add(new[] { caption, message, choices[defaultChoice].Label });
            if (Answers.Count == 0)
            {
                return defaultChoice;
            }

            string answer = Answers.Dequeue();
            for (int i = 0; i < choices.Count; i++)
            {
                if (choices[i].Label.Replace("&", string.Empty) == answer)
                {
                    return i;
                }
            }

            throw new ArgumentException("There is no choice " + answer);
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new NotSupportedException(); }

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotSupportedException(); }

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
        {
            throw new NotSupportedException();
        }

        public override string ReadLine() { throw new NotSupportedException(); }

        public override SecureString ReadLineAsSecureString() { throw new NotSupportedException(); }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) { }

        public override void Write(string value) { }

        public override void WriteDebugLine(string message) { }

        public override void WriteErrorLine(string value) { }

        public override void WriteLine(string value) { }

        public override void WriteProgress(long sourceId, ProgressRecord record) { }

        public override void WriteVerboseLine(string message) { }

        public override void WriteWarningLine(string message) { Warnings.Add(message); }
    }
}
