using Selfservice.Nodes;

namespace Selfservice.Ui;

/// <summary>Turns a flow's messages and labels into the words that people read. Replace it to translate flows by message id.</summary>
public interface IMessageTexts
{
    /// <summary>The words for a message.</summary>
    /// <param name="message">The message: its id, its English text and the values inside the text.</param>
    /// <returns>The words; never null. Return <see cref="Message.Text"/> for an id that is not known.</returns>
    string GetText(Message message);
}
